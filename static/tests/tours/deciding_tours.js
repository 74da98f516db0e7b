import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Steps between which the clicks that arrive on the page are counted. */
function countingClicks(expected, steps) {
    let clicks = 0;
    // A tour's `edit` clicks into the text first; people need not, it has the focus already.
    const count = (event) => event.target.closest("textarea") || clicks++;
    return [
        {
            trigger: ".o_list_view",
            run: () => document.addEventListener("click", count, true),
        },
        ...steps,
        {
            content: `It took ${expected} clicks`,
            trigger: "body:not(:has(.modal))",
            run: () => {
                document.removeEventListener("click", count, true);
                if (clicks !== expected) {
                    throw new Error(`${clicks} clicks instead of ${expected}`);
                }
            },
        },
    ];
}

const choose = (contact) => ({
    trigger: `.o_data_row:contains('${contact}') .o_list_record_selector input`,
    run: "click",
});

tours.add("rps_decide_together", {
    steps: () =>
        countingClicks(5, [
            choose("Tour One"),
            choose("Tour Two"),
            choose("Tour Three"),
            { trigger: "button[name='action_decide_all']", run: "click" },
            { trigger: ".modal .o_field_widget[name='covered_ids'] .o_data_row:contains('Tour Three')" },
            { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit resellers of ours" },
            { trigger: ".modal button[name='action_confirm']", run: "click" },
            { trigger: ".o_list_view:not(:has(.o_data_row:contains('Tour')))" },
        ]),
});

tours.add("rps_decide_listed_party", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Tour One')", run: "click" },
        { trigger: "button[name='action_decide_not_same']", run: "click" },
        { trigger: ".modal input[data-value='party']", run: "click" },
        { trigger: ".modal .o_field_widget[name='covered_ids'] .o_data_row:contains('Tour Two')" },
        { trigger: ".modal .o_field_widget[name='reason'] textarea", run: "edit resellers of ours" },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_menu_sections button[data-menu-xmlid='restricted_party_screening.screening_menu_cases_root']", run: "click" },
        { trigger: "a[data-menu-xmlid='restricted_party_screening.screening_menu_cases']", run: "click" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains('Tour')))" },
    ],
});

tours.add("rps_second_person", {
    steps: () => [
        { trigger: ".o_data_row td[name='partner_id']:contains('Tour One')", run: "click" },
        { trigger: ".alert:contains('proposes: not the same party'):contains('another firm')" },
        { trigger: "button[name='action_confirm_second']", run: "click" },
        { trigger: ".o_form_view h2:not(:contains('Tour One')), .o_list_view, .o_view_nocontent" },
    ],
});

tours.add("rps_overview", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Held value'):contains('orders held')" },
        { trigger: ".o_kanban_record:contains('To decide') a[name='action_open_1']", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains('Tour One')" },
        { trigger: ".breadcrumb-item a:contains('Overview'), .o_back_button", run: "click" },
        { trigger: ".o_kanban_record:contains('Hits over time') a[name='action_graph']:first", run: "click" },
        { trigger: ".o_graph_view canvas" },
        { trigger: ".breadcrumb-item a:contains('Overview'), .o_back_button", run: "click" },
        { trigger: ".o_kanban_record:contains('False alarms') a[name='action_pivot']", run: "click" },
        { trigger: ".o_pivot_view .o_pivot_cell_value:not(.o_empty):last", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains('Not the same party')" },
    ],
});
