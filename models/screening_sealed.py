# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

#: Only code of this addon holds it: no object comes in over RPC, an import or a stored context.
SEAL = object()


class ScreeningSealed(models.AbstractModel):
    """Records, or fields of records, that only this addon's own methods write.

    Access rights say who may see and call; this says that nobody, in sudo or not,
    changes evidence, decisions or states by writing fields.
    """

    _name = "screening.sealed"
    _description = "Sealed Screening Record"
    _allow_sudo_commands = False

    #: Names of the sealed fields; ``None`` seals the whole record, its birth and its end too.
    _sealed_fields = None

    def _sealed(self):
        """These records as the addon itself may write them.

        Whoever set it off does not become a follower: a buyer may not read a case.
        """
        return self.sudo().with_context(screening_seal=SEAL, mail_create_nosubscribe=True)

    def _is_sealed_call(self):
        return self.env.context.get("screening_seal") is SEAL

    def _refuse_if_sealed(self, field_names):
        sealed = self._sealed_fields
        touched = sorted(field_names if sealed is None else set(field_names) & set(sealed))
        if self._is_sealed_call() or (sealed is not None and not touched):
            return
        raise AccessError(
            self.env._(
                "“%(model)s” is kept by the screening itself and cannot be written directly"
                " (%(fields)s). Use its buttons.",
                model=self._description,
                fields=", ".join(touched) or "-",
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_if_sealed(vals)
        if not self._is_sealed_call():
            # A caller's default_state=approved would otherwise be born approved.
            sealed = self._sealed_fields or ()
            context = {
                key: value
                for key, value in self.env.context.items()
                if not (key.startswith("default_") and key[len("default_") :] in sealed)
            }
            self = self.with_context(context)  # pylint: disable=context-overridden
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Sealed fields take their own default alone: users keep defaults of their own."""
        values = super().default_get(fields)
        sealed = values if self._sealed_fields is None else self._sealed_fields
        for name in [name for name in values if name in sealed]:
            field = self._fields[name]
            if not field.default:
                del values[name]
                continue
            value = field.convert_to_cache(field.default(self), self, validate=False)
            values[name] = field.convert_to_write(field.convert_to_record(value, self), self)
        return values

    def write(self, vals):
        self.check_access("write")  # first: whoever may not even write learns no more than that
        self._refuse_if_sealed(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        if self._sealed_fields is None:
            self._refuse_if_sealed(["copy"])
        return super().copy_data(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if not self._is_sealed_call():
            raise AccessError(
                self.env._("“%(model)s” is evidence and is not deleted.", model=self._description)
            )
