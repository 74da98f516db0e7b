import os
from datetime import timedelta
from unittest import mock

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.restricted_party_screening import fetching
from odoo.addons.restricted_party_screening.models import screening_list_update_background
from odoo.addons.restricted_party_screening.models.screening_source_fetch import PRIVATE
from odoo.addons.restricted_party_screening.models.screening_source_templates import TEMPLATES

from .common import ScreeningMixin, csl_file
from .fetching.server import Server, answer, in_turn, redirect, refuse, with_etag

MODULE = "restricted_party_screening"
NEW = csl_file([("EL", "New Listed Party", {})])
OTHER = csl_file([("EL", "Other Listed Party", {})])
TOKEN = "token=s3cr3t"


class SourceMixin(ScreeningMixin):
    """A source on loopback for the Entity List; each test has a web server of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.hit.list_id
        # The files of these tests are short; what guards do is asked in a test of its own.
        cls.entities.write({"max_shrink": 100, "canaries": False})
        cls.env["ir.config_parameter"].set_param(PRIVATE, "True")
        cls.cron = cls.env.ref(f"{MODULE}.ir_cron_fetch")
        cls.admins = cls.env.ref(f"{MODULE}.group_list_admin").all_user_ids.filtered("active")

    def setUp(self):
        super().setUp()
        patch = mock.patch.dict(os.environ, {"no_proxy": "*"})
        patch.start()
        self.addCleanup(patch.stop)
        self.server = Server()
        self.addCleanup(self.server.close)
        self.routes = self.server.routes
        self.source = self.create_source()

    def create_source(self, path="/csl.csv", **values):
        return self.env["screening.source"].create(
            {
                "name": f"Source of {path.partition('?')[0]}",
                "addresses": self.server.url(path),
                "list_ids": self.entities.ids,
                "expects": "csv",
                "enabled": True,
                **values,
            }
        )

    def run_cron(self, due=True):
        """Let the cron run, as if the time of the source had come."""
        if due:
            self.source._sealed().write({"next_try": fields.Datetime.now()})
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def updates(self):
        return self.env["screening.list.update"].search([("filename", "=", "csl.csv")])

    def names(self):
        return (
            self.env["screening.party"]
            .search([("list_id", "=", self.entities.id), ("in_force", "=", True)])
            .mapped("name")
        )

    def events(self):
        return self.env["screening.event"].search(
            [("res_model", "=", "screening.source"), ("res_ref", "=", self.source.id)], order="id"
        )


@tagged("post_install", "-at_install")
class TestSource(SourceMixin, CronMixinCase, TransactionCase):
    """What comes of fetching: an update, one activity, or nothing; never a worse edition."""

    def test_new_edition_waits_for_review(self):
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        update = self.updates()
        self.assertEqual((update.state, self.source.state), ("read", "review"))
        self.assertEqual(self.source.update_id, update)
        self.assertTrue(self.source.last_success)
        self.assertEqual(len(self.names()), 28)
        self.assertEqual(self.source.activity_ids.user_id, self.admins)
        self.run_cron(due=False)
        self.assertEqual(len(self.source.activity_ids), len(self.admins))
        update.with_user(self.list_admin).action_apply()
        self.run_cron(due=False)
        self.assertEqual(self.source.state, "ok")
        self.assertFalse(self.source.activity_ids)
        self.assertEqual(len(self.server.asked), 1)

    def test_new_edition_applied(self):
        self.source.auto_apply = "apply"
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual((self.updates().state, self.source.state), ("applied", "ok"))
        self.assertEqual(self.names(), ["New Listed Party"])
        self.assertEqual(self.entities.update_id, self.updates())
        self.assertFalse(self.source.activity_ids)
        self.assertGreater(
            self.source.next_try, fields.Datetime.now() + timedelta(hours=23, minutes=59)
        )

    def test_guards_stand_before_policy(self):
        """What a guard speaks against waits, whatever the source may apply."""
        self.source.auto_apply = "apply"
        self.entities.max_shrink = 10
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual((self.updates().state, self.source.state), ("read", "review"))
        self.assertEqual(self.updates().guard_ids.mapped("code"), ["shrink"])

    def test_not_due_is_not_fetched(self):
        self.routes["/csl.csv"] = NEW
        self.source._sealed().write({"next_try": fields.Datetime.now() + timedelta(hours=1)})
        self.run_cron(due=False)
        self.source.enabled = False
        self.run_cron()
        self.assertFalse(self.server.asked)
        self.source.enabled = True
        self.run_cron(due=False)
        self.assertEqual(len(self.server.asked), 1, "what is switched on is due")

    def test_same_content_is_no_new_update(self):
        self.source.auto_apply = "apply"
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.run_cron()
        self.assertEqual(len(self.updates()), 1)
        self.routes["/csl.csv"] = with_etag(NEW, '"1"')
        self.run_cron()
        self.assertEqual((self.source.etag, len(self.updates())), ('"1"', 1))
        self.run_cron()
        self.assertEqual(self.server.asked[-1][1]["If-None-Match"], '"1"')
        self.assertEqual((self.source.state, len(self.updates())), ("ok", 1))
        self.assertEqual(self.source.etag, '"1"')
        self.routes["/csl.csv"] = with_etag(OTHER, '"2"')
        self.run_cron()
        self.assertEqual((self.names(), len(self.updates())), (["Other Listed Party"], 2))

    def test_removed_update_is_fetched_afresh(self):
        self.routes["/csl.csv"] = with_etag(NEW, '"1"')
        self.run_cron()
        self.updates().unlink()
        self.run_cron()
        self.assertEqual((self.updates().state, self.source.state), ("read", "review"))

    def test_what_the_publisher_still_publishes_is_not_old(self):
        self.source.auto_apply = "apply"
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        long_ago = fields.Datetime.now() - timedelta(days=self.entities.max_age_days + 2)
        self.entities._sealed().write({"edition_date": long_ago, "confirmed_date": long_ago})
        self.assertTrue(self.entities.is_stale)
        self.routes["/csl.csv"] = refuse(403)
        self.run_cron()
        self.assertTrue(self.entities.is_stale)
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertFalse(self.entities.is_stale)
        self.assertEqual(self.entities.edition_date, long_ago)
        with self.assertRaises(AccessError):
            self.entities.with_user(self.list_admin).confirmed_date = fields.Datetime.now()

    def test_failure_tells_once_and_keeps_the_edition(self):
        self.source.auto_apply = "apply"
        self.routes["/csl.csv"] = refuse(403)
        for _ in range(3):
            self.run_cron()
        self.assertEqual(self.source.state, "failing")
        self.assertIn("(403)", self.source.last_error)
        self.assertFalse(self.updates())
        self.assertEqual(len(self.names()), 28)
        self.assertEqual(self.source.activity_ids.user_id, self.admins)
        self.assertEqual(len(self.source.activity_ids), len(self.admins))
        self.assertIn("(403)", self.source.activity_ids[0].note)
        self.assertLessEqual(self.source.next_try, fields.Datetime.now() + timedelta(hours=1))
        failures = self.events().filtered(lambda event: "(403)" in event.payload)
        self.assertEqual(len(failures), 1)
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual(self.source.state, "ok")
        self.assertFalse(self.source.last_error)
        self.assertFalse(self.source.activity_ids)
        self.assertIn("works", self.events()[-1].summary)

    def test_what_is_told_is_the_newest(self):
        """Another reason is said in the same activity, letter by letter."""
        self.routes["/csl.csv"] = refuse(403)
        self.run_cron()
        self.routes["/csl.csv"] = refuse(404)
        self.run_cron()
        self.assertEqual(len(self.source.activity_ids), len(self.admins))
        for activity in self.source.activity_ids:
            self.assertIn("(404)", activity.note)
            self.assertNotIn("(403)", activity.note)
        self.source._set_state("old", "a tag <b>list</b>\nand a line")
        for activity in self.source.activity_ids:
            self.assertIn("&lt;b&gt;list&lt;/b&gt;<br>and a line", str(activity.note))
        self.source.activity_ids.unlink()
        self.source._set_state("old", "something else")
        self.assertFalse(self.source.activity_ids, "who did it is not told of each failure")

    def test_passing_failure_is_no_failure(self):
        self.routes["/csl.csv"] = in_turn(refuse(503), answer(NEW))
        self.run_cron()
        self.assertEqual(self.source.state, "review")

    def test_refused_files(self):
        """A page, a list cut in a row, a cut that was announced, a list of nothing."""
        cut = self.entity_list[: len(self.entity_list) // 2]
        for body, made in (
            (answer(b"<!DOCTYPE html><html>Log in</html>"), 0),
            (answer(cut, length=False), 1),
            (answer(cut, length=len(self.entity_list)), 0),
            (answer(self.entity_list.splitlines()[0], length=False), 1),
        ):
            self.updates().unlink()
            self.routes["/csl.csv"] = body
            self.source._sealed().write({"time_limit": 5})
            for _ in range(2):
                self.run_cron()
                self.assertEqual(self.source.state, "failing")
                self.assertTrue(self.source.last_error)
                self.assertFalse(self.source.last_success)
            self.assertEqual(len(self.updates()), made, "what was refused is not read again")
            self.assertEqual(len(self.source.activity_ids), len(self.admins))
            self.assertEqual(len(self.names()), 28)
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual(self.source.state, "review")

    def test_too_old(self):
        """Whether it fails, or the server that fetches does not run."""
        self.routes["/csl.csv"] = NEW
        self.source.auto_apply = "apply"
        self.run_cron()
        long_ago = fields.Datetime.now() - timedelta(days=self.source.max_age_days, hours=1)
        dates = {"last_success": long_ago, "enabled_since": long_ago}
        self.source._sealed().write({**dates, "next_try": fields.Datetime.now() + timedelta(1)})
        for _ in range(2):
            self.run_cron(due=False)
            self.assertEqual(self.source.state, "old")
            self.assertEqual(len(self.source.activity_ids), len(self.admins))
        self.routes["/csl.csv"] = refuse(403)
        self.run_cron()
        self.assertEqual(self.source.state, "old")
        self.assertEqual(self.names(), ["New Listed Party"])
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual(self.source.state, "ok")
        self.assertFalse(self.source.activity_ids)
        self.source.max_age_days = 0
        self.source._sealed().write({**dates, "next_try": fields.Datetime.now() + timedelta(1)})
        self.run_cron(due=False)
        self.assertEqual(self.source.state, "ok")

    def test_reading_in_the_background(self):
        """A large file is read in committed batches; the source looks on when that is done."""
        cut = self.entity_list[: len(self.entity_list) // 2]
        self.source.auto_apply = "apply"
        for body, state in ((NEW, "ok"), (cut, "failing")):
            self.routes["/csl.csv"] = answer(body, length=False)
            before = (self.source.state, self.source.last_success)
            with (
                mock.patch.object(screening_list_update_background, "MAX_AT_ONCE", 10),
                self.capture_triggers(f"{MODULE}.ir_cron_fetch") as captured,
            ):
                self.run_cron()
                self.assertTrue(captured.records, "it is looked at again soon")
            update = self.source.update_id
            self.assertEqual((update.state, self.source.awaits_reading), ("queued", True))
            self.assertEqual((self.source.state, self.source.last_success), before)
            with (
                self.capture_triggers(f"{MODULE}.ir_cron_fetch") as captured,
                self.enter_registry_test_mode(),
            ):
                self.env.ref(f"{MODULE}.ir_cron_read").method_direct_trigger()
            self.assertTrue(captured.records, "the source is told that it is read")
            self.run_cron(due=False)
            self.assertEqual((self.source.state, self.source.awaits_reading), (state, False))
            self.assertEqual(self.source.last_success != before[1], state == "ok")
            soon = fields.Datetime.now() + timedelta(minutes=10)
            self.assertEqual(self.source.next_try < soon + timedelta(hours=1), state != "ok")
            self.source._sealed().write({"next_try": soon})
            self.run_cron(due=False)
            self.assertEqual(self.source.next_try, soon, "looking on does not put it off")
        self.assertEqual(self.names(), ["New Listed Party"])

    def test_list_changed_meanwhile(self):
        """An update that was overtaken is read again by the next run."""
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.import_list(OTHER)
        self.source.auto_apply = "apply"
        self.run_cron(due=False)
        self.assertEqual(self.source.state, "review")
        self.assertIn("changed since", self.source.last_error)
        self.assertEqual(self.names(), ["Other Listed Party"])
        self.run_cron(due=False)
        self.assertEqual((self.source.state, self.names()), ("ok", ["New Listed Party"]))

    def test_one_source_does_not_stop_the_others(self):
        own = self.env["screening.list"].create({"name": "Mine", "code": "MINE", "own": True})
        other = self.create_source("/own.csv", list_ids=own.ids, auto_apply="apply")
        self.routes["/own.csv"] = b"name,country\nSparkling Gadgets Limited,GB\n"
        self.routes["/csl.csv"] = NEW
        model = type(self.source)
        take = model._take

        def broken_take(source, fetched):
            take(source, fetched)
            if source == self.source:
                source.env.cr.execute("SELECT no_such_column")

        logger = f"odoo.addons.{MODULE}.models.screening_source_fetch"
        with mock.patch.object(model, "_take", broken_take), mute_logger(logger, "odoo.sql_db"):
            self.run_cron()
        self.assertEqual((self.source.state, other.state), ("failing", "ok"))
        self.assertIn("UndefinedColumn", self.source.last_error)
        self.assertFalse(self.updates(), "half of it is undone")
        self.assertEqual(other.update_id.list_id, own)
        self.assertEqual(own.party_count, 1)

    def test_several_files(self):
        names = ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")
        for name in names:
            with file_open(f"{MODULE}/tests/data/lists/{name}", "rb") as stream:
                self.routes[f"/{name}"] = stream.read()
        sdn = self.env.ref(f"{MODULE}.screening_list_sdn")
        self.source.write(
            {
                "addresses": "\n".join(self.server.url(f"/{name}") for name in names),
                "list_ids": sdn.ids,
                "auto_apply": "apply",
            }
        )
        self.run_cron()
        self.assertEqual(self.source.state, "ok", self.source.last_error)
        self.assertEqual(self.source.update_id.filename, "sdn.zip")
        self.assertTrue(sdn.party_count)
        self.run_cron()
        self.assertEqual(self.source.update_id, sdn.update_id)

    def test_fetch_now(self):
        self.routes["/csl.csv"] = in_turn(refuse(403), answer(NEW))
        source = self.source.with_user(self.list_admin)
        source.enabled = False
        self.assertEqual(source.action_fetch()["params"]["type"], "danger")
        self.assertEqual(source.state, "failing")
        self.assertFalse(source.activity_ids, "who looks on needs no telling")
        self.assertEqual(source.action_fetch()["params"]["type"], "success")
        self.assertEqual(source.state, "review")
        self.assertEqual(self.updates().create_uid, self.list_admin)


@tagged("post_install", "-at_install")
class TestSourceRecord(SourceMixin, TransactionCase):
    """Who may say where lists come from, and where they may come from."""

    def test_rights(self):
        for user in (self.buyer, self.compliance, self.manager):
            with self.assertRaises(AccessError):
                self.source.with_user(user).action_fetch()
            with self.assertRaises(AccessError):
                self.source.with_user(user).enabled = False
            with self.assertRaises(AccessError):
                self.env["screening.source"].with_user(user).create({"name": "x"})
        self.assertTrue(self.source.with_user(self.compliance).addresses)
        with self.assertRaises(AccessError):
            self.source.with_user(self.buyer).read(["addresses"])
        self.assertFalse(self.server.asked)
        source = self.source.with_user(self.list_admin)
        source.interval_hours = 2
        for values in ({"state": "ok"}, {"last_success": "2026-01-01"}, {"update_id": 1}):
            with self.assertRaises(AccessError):
                source.write(values)
        with self.assertRaises(AccessError):
            source.copy({"state": "ok"})
        self.assertFalse(source.copy().enabled)
        source.unlink()

    def test_addresses(self):
        for bad in (
            "file:///etc/passwd",
            "ftp://a.example/x",
            "https://user:pw@a.example/x",
            "https://a.example/x\nnonsense",
            "https://a.example/x\nhttps://a.example/x",
            "\n".join(f"https://a.example/{number}" for number in range(11)),
            " \n",
        ):
            with self.assertRaises(ValidationError, msg=bad):
                self.source.addresses = bad
        with self.assertRaises(ValidationError):
            self.source.user_agent = "Mozilla\r\nCookie: x"
        self.source.addresses = "https://a.example/full/{date}/title-15.xml?part=744\n"

    def test_private_networks(self):
        """Only a system administrator opens them, and the server is asked nothing before."""
        self.env["ir.config_parameter"].set_param(PRIVATE, False)
        self.routes["/csl.csv"] = NEW
        self.run_cron()
        self.assertEqual(self.source.state, "failing")
        self.assertIn("private network", self.source.last_error)
        self.assertFalse(self.server.asked)
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(self.list_admin).set_param(PRIVATE, "True")

    def test_a_list_has_one_source(self):
        with self.assertRaises(ValidationError) as caught:
            self.create_source("/other.csv")
        self.assertIn("switched on already for EL", str(caught.exception))
        other = self.create_source("/other.csv", enabled=False)
        self.source.enabled = False
        other.enabled = True
        with self.assertRaises(ValidationError):
            self.source.enabled = True
        with self.assertRaises(ValidationError):
            other.list_ids = False
        with self.assertRaises(ValidationError):
            other.list_ids += self.env.ref(f"{MODULE}.screening_list_own")

    def test_audit_trail_without_tokens(self):
        source = self.source.with_user(self.list_admin)
        source.addresses = self.server.url(f"/csl.csv?{TOKEN}")
        source.enabled = False
        source.enabled = True
        source.enabled = True
        events = self.events()
        self.assertEqual(
            [event.summary.rpartition(" ")[2] for event in events],
            ["created", "changed", "off", "on"],
        )
        self.assertEqual(events[1].user_name, self.list_admin.name)
        before, after = events[1]._payload()["before"], events[1]._payload()["after"]
        self.assertEqual(before["addresses"], after["addresses"])
        self.assertNotEqual(before["addresses_sha256"], after["addresses_sha256"])
        source.unlink()
        events = self.events()
        self.assertIn("removed", events[-1].summary)
        self.assertNotIn("s3cr3t", "".join(events.mapped("payload")))

    def test_signed_addresses_are_nowhere(self):
        """Not in the error, the activity, the trail, nor the log."""
        self.source.addresses = self.server.url(f"/csl.csv?{TOKEN}")
        self.routes[f"/csl.csv?{TOKEN}"] = redirect(f"/signed?X-{TOKEN}")
        self.routes[f"/signed?X-{TOKEN}"] = refuse(403)
        with self.assertLogs(level="DEBUG") as logged:
            self.run_cron()
        texts = [self.source.last_error, *self.source.activity_ids.mapped("note")]
        texts += [*self.events().mapped("payload"), *self.events().mapped("summary")]
        texts += [line for line in logged.output if ".sql" not in line]
        self.assertIn("(403)", texts[0])
        for text in texts:
            self.assertNotIn("s3cr3t", text)
            self.assertNotIn("/signed", text)

    def test_other_address_other_content(self):
        self.routes |= {"/csl.csv": with_etag(NEW, '"1"'), "/2": with_etag(NEW, '"1"')}
        self.run_cron()
        self.source.addresses = self.server.url("/2")
        self.assertFalse(self.source.etag or self.source.validators)
        self.assertLessEqual(self.source.next_try, fields.Datetime.now())
        self.run_cron(due=False)
        self.assertNotIn("If-None-Match", self.server.asked[-1][1])

    def test_prefilled_sources_are_off(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "screening.source")]
        )
        sources = self.env["screening.source"].browse(data.mapped("res_id"))
        self.assertGreaterEqual(len(sources), 8)
        for source in sources:
            self.assertFalse(source.enabled or source.last_try or source.next_try)
            self.assertTrue(source.list_ids)
            for address in source._get_addresses():
                self.assertTrue(address.startswith("https://"), address)

    def test_sentences_are_translatable(self):
        self.assertEqual(set(fetching.SENTENCES.values()), set(TEMPLATES))

    def test_new_administrators_of_lists_are_told(self):
        admin = new_test_user(self.env, "rps_list_admin_2", f"{MODULE}.group_list_admin")
        self.run_cron()
        self.assertIn(admin, self.source.activity_ids.user_id)
        self.assertNotIn(self.buyer, self.source.activity_ids.user_id)
        with self.assertRaises(UserError):
            self.source.with_user(self.compliance).action_fetch()
