import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function chooseVendor(name) {
    return [
        { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name='partner_id'] input", run: `edit ${name}` },
        { trigger: `.ui-menu-item > a:contains(${name})`, run: "click" },
    ];
}

function addCamera() {
    return [
        { trigger: ".o_field_x2many_list_row_add > a, .o_field_x2many_list_row_add > button:first", run: "click" },
        {
            trigger: ".o_selected_row .o_field_widget[name='product_id'] input, .o_selected_row .o_field_widget[name='product_id'] textarea",
            run: "edit Camera",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains('Camera'):first", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name='price_unit'] input", run: "edit 50" },
    ];
}

tours.add("rps_buyer_parks", {
    steps: () => [
        ...chooseVendor("Hangzhou Hikvision Digital Tech"),
        {
            content: "The banner is there before anything is saved",
            trigger: ".o_form_view:has(.o_form_button_save) .o_screening_banner:contains('BIS Entity List'):contains('Not in itself restricted')",
        },
        ...addCamera(),
        { trigger: "button[name='button_confirm']:contains('Confirm Order')", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('To Approve')" },
        { trigger: ".ribbon:contains('Held')" },
        { trigger: "button[name='action_request_exemption']", run: "click" },
        { trigger: ".modal .o_field_widget[name='held_by']:contains('Hikvision')" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit spare parts" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: ".alert:contains('A licence exemption is requested')" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("rps_compliance_completes", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Hikvision')", run: "click" },
        { trigger: ".alert:contains('spare parts')" },
        { trigger: ".o_field_widget[name='basis'] input, .o_field_widget[name='basis'] select", run: "click" },
        { trigger: ".o_select_menu_item:contains('No item subject to the EAR')", run: "click" },
        { trigger: ".o_field_widget[name='justification'] textarea", run: "edit nothing leaves us" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { trigger: ".o_form_view:not(:has(button[name='action_approve']))" },
    ],
});

tours.add("rps_manager_approves", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Hikvision')", run: "click" },
        { trigger: "button[name='action_approve']", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Approved')" },
        { trigger: ".ribbon:contains('In force')" },
    ],
});

tours.add("rps_buyer_confirms", {
    steps: () => [
        { trigger: ".o_screening_banner:contains('A licence exemption covers this order')" },
        { trigger: "button[name='button_confirm']:contains('Confirm Order')", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Purchase Order')" },
    ],
});

tours.add("rps_decide", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Hikvision')", run: "click" },
        { trigger: "button[name='action_decide']", run: "click" },
        { trigger: ".modal input[data-value='not_same']", run: "click" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit other address, other trade" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Not the same party')" },
    ],
});

tours.add("rps_clean_order", {
    steps: () => [
        ...chooseVendor("Acme Office Supplies GmbH"),
        { trigger: ".o_field_widget[name='screening_state']:contains('No match found')" },
        { trigger: ".o_form_view:not(:has(.o_screening_banner .alert))" },
        ...addCamera(),
        { trigger: "button[name='button_confirm']:contains('Confirm Order')", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Purchase Order')" },
    ],
});

function uploadFile(name, text) {
    return [
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_field_widget[name='file'] .o_select_file_button",
            run: () => {
                const input = document.querySelector(".o_field_widget[name='file'] input[type='file']");
                const files = new DataTransfer();
                files.items.add(new File([text], name, { type: "text/csv" }));
                input.files = files.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: `.o_field_widget[name='file'] input[type='text']:value(${name})` },
        { trigger: ".o_field_widget[name='list_id'] input", run: "edit Own" },
        { trigger: ".ui-menu-item > a:contains('Own'):first", run: "click" },
        { trigger: "button[name='action_read_or_queue']", run: "click" },
    ];
}

tours.add("rps_list_update", {
    steps: () => [
        ...uploadFile("own.csv", "name,country\nTour Gadgets Limited,GB\n,GB\n"),
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Read')" },
        { trigger: ".o_field_widget[name='line_ids'] td[name='added']:contains('1')" },
        { trigger: ".nav-link:contains('Records Not Taken')", run: "click" },
        { trigger: ".o_field_widget[name='problem_ids'] td[name='row']:contains('3')" },
        { trigger: ".o_form_view:not(:has(button[name='action_apply'])) button[name='action_override']", run: "click" },
        { trigger: ".modal .o_field_widget[name='guard_text']:contains('could not be read')" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit an empty line" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: "button[name='action_apply']", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Applied')" },
        { trigger: ".breadcrumb-item a:contains('List Updates'), .o_back_button", run: "click" },
        ...uploadFile("own2.csv", "name,country\nTour Gadgets Limited,GB\nTour Widgets Limited,GB\n"),
        { trigger: ".nav-link:contains('Whom It Touches')", run: "click" },
        { trigger: "button[name='action_apply']", run: "click" },
        { trigger: "button[name='action_roll_back']", run: "click" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit sent by mistake" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: ".alert-warning:contains('Rolled back by')" },
    ],
});

tours.add("rps_broken_update", {
    steps: () => [
        ...uploadFile("broken.csv", "nome;land\nTour Gadgets Limited;GB\n"),
        { trigger: ".alert-danger:contains('the lists stay as they are')" },
        { trigger: ".o_form_view:not(:has(button[name='action_apply']))" },
    ],
});

tours.add("rps_open_order", {
    steps: () => [
        { trigger: ".o_data_row:contains('Hikvision') button[name='action_open_order']", run: "click" },
        { trigger: ".o_form_view .o_screening_banner:contains('BIS Entity List')" },
        { trigger: ".o_field_widget[name='order_line']:contains('Camera')" },
        { trigger: ".o_breadcrumb a:contains('Held Orders'), .breadcrumb-item a:contains('Held Orders')", run: "click" },
        { trigger: ".o_data_row td[name='partner_id']:contains('Hikvision')", run: "click" },
        { trigger: ".o_field_widget[name='order_id'] a", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name='amount_untaxed']" },
    ],
});

tours.add("rps_verify", {
    steps: () => [
        { trigger: "button[name='action_verify']", run: "click" },
        { trigger: ".o_notification:contains('The audit trail is unbroken')" },
        { trigger: ".o_notification_close", run: "click" },
        { trigger: "button[data-menu-xmlid='restricted_party_screening.screening_menu_audit']", run: "click" },
        { trigger: "a[data-menu-xmlid='restricted_party_screening.screening_menu_verify']", run: "click" },
        { trigger: ".o_notification:contains('The audit trail is unbroken')" },
    ],
});

tours.add("rps_confirm_conditions", {
    steps: () => [
        { trigger: ".o_screening_banner:contains('Sealed media only')" },
        { trigger: "button[name='action_confirm_conditions']", run: "click" },
        { trigger: ".modal .o_data_row td[name='confirmed'] input", run: "click" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_screening_banner:contains('left')" },
        { trigger: "button[name='button_confirm']:contains('Confirm Order')", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Purchase Order')" },
    ],
});

tours.add("rps_exceeded", {
    steps: () => [
        { trigger: ".o_screening_banner:contains('over its ceiling')" },
        { trigger: ".ribbon:contains('Held')" },
    ],
});

tours.add("rps_revoke", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Hikvision')", run: "click" },
        { trigger: ".ribbon:contains('Exhausted')" },
        { trigger: ".o_field_widget[name='amount_left']:contains('0.00')" },
        { trigger: ".nav-link:contains('Uses')", run: "click" },
        { trigger: ".o_field_widget[name='use_ids'] td[name='amount']:contains('100.00')" },
        { trigger: "button[name='action_revoke']", run: "click" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit withdrawn by BIS" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: "body:not(:has(.modal)) .alert:contains('withdrawn by BIS')" },
    ],
});

tours.add("rps_evidence", {
    steps: () => [
        { trigger: ".o_data_row:contains('is held'):first td[name='summary']", run: "click" },
        { trigger: ".o_form_view .o_cp_action_menus .dropdown-toggle", run: "click" },
        { trigger: ".o-dropdown--menu .o_menu_item:contains('Screening Evidence')", run: "click" },
        { trigger: ".modal button[name='action_show']", run: "click" },
        { trigger: ":iframe h2:contains('Screening Evidence')" },
        { trigger: ":iframe .page:contains('SHA-256'):contains('agrees with its own hash')" },
        { trigger: ".o_control_panel button:contains('Print')" },
        { trigger: ".breadcrumb-item a:last, .o_back_button", run: "click" },
        // The PDF; where the server can make none, the page is shown again.
        { trigger: ".o_form_view .o_cp_action_menus .dropdown-toggle", run: "click" },
        { trigger: ".o-dropdown--menu .o_menu_item:contains('Screening Evidence')", run: "click" },
        { trigger: ".modal button[name='action_print']", run: "click" },
        { trigger: "body:not(:has(.modal)):not(:has(.o_blockUI))" },
    ],
});
