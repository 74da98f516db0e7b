from . import (
    test_event,
    test_exemption,
    test_gate,
    test_gate_wire,
    test_hit,
    test_list_update,
    test_order,
    test_partner,
    test_policy,
    test_rights,
    test_tours,
    test_wording,
)
