-- The log of what the demo's rows say was done, in the order of the days on which it was done. Times are the demo's own.
INSERT INTO core_event
    (at, business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason, change)
SELECT
    (done.on_day + time '07:30' + done.minutes * interval '1 minute') AT TIME ZONE 'Asia/Ho_Chi_Minh',
    done.on_day, done.actor_id, who.full_name, done.action, done.object_type, done.object_id, done.object_ref,
    done.area_code, done.reason, done.change
FROM (
    -- cases
    SELECT c.received_on, c.id % 20 AS minutes, c.entered_by_id, 'case.created', 'support_programs.case',
           c.id, c.reference, c.area_code, '' AS reason, '{}'::jsonb AS change
    FROM support_programs_case c
    UNION ALL
    SELECT c.received_on, 25 + c.id % 20, c.entered_by_id, 'case.list', 'support_programs.case',
           c.id, c.reference, c.area_code, '', '{"from": "draft", "to": "listed"}'
    FROM support_programs_case c WHERE c.status <> 'draft'
    UNION ALL
    SELECT s.started_on, 90 + c.id % 30, c.entered_by_id, 'case.receive', 'support_programs.case',
           c.id, c.reference, c.area_code, '', '{"from": "listed", "to": "appraising"}'
    FROM support_programs_case c
    JOIN support_programs_caseliststep s ON s.step = 'district_appraisal' AND s.case_list_id = c.case_list_id
    UNION ALL
    SELECT c.assigned_on, 121 + c.id % 25, c.assigned_to_id, 'case.assigned', 'support_programs.case',
           c.id, c.reference, c.area_code, '', jsonb_build_object('officer', o.full_name)
    FROM support_programs_case c JOIN accounts_user o ON o.id = c.assigned_to_id
    UNION ALL
    SELECT c.appraised_on, 150 + c.id % 120, c.appraised_by_id, 'case.mark_eligible', 'support_programs.case',
           c.id, c.reference, c.area_code, '', '{"from": "appraising", "to": "eligible"}'
    FROM support_programs_case c WHERE c.status IN ('eligible', 'approved')
    UNION ALL
    SELECT x.excluded_on, 160 + c.id % 120, x.excluded_by_id,
           CASE x.case_status WHEN 'ineligible' THEN 'case.refuse' ELSE 'case.ask_supplement' END,
           'support_programs.case', c.id, c.reference, c.area_code, x.reason,
           jsonb_build_object('from', 'appraising', 'to', x.case_status)
    FROM support_programs_exclusion x JOIN support_programs_case c ON c.id = x.case_id
    UNION ALL
    SELECT x.excluded_on, 161 + c.id % 120, x.excluded_by_id, 'case.excluded', 'support_programs.case',
           c.id, c.reference, c.area_code, x.reason, '{}'
    FROM support_programs_exclusion x JOIN support_programs_case c ON c.id = x.case_id
    UNION ALL
    SELECT l.decision_date, 310 + c.id % 10, l.money_approved_by_id, 'case.approve', 'support_programs.case',
           c.id, c.reference, c.area_code, '', '{"from": "eligible", "to": "approved"}'
    FROM support_programs_case c JOIN support_programs_caselist l ON l.id = c.case_list_id
    WHERE c.status = 'approved'
    -- lists
    UNION ALL
    SELECT l.list_date, 22, l.created_by_id, 'list.created', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{}' FROM support_programs_caselist l
    UNION ALL
    SELECT f.confirmed_on, 50, f.confirmed_by_id, 'list.facts_confirmed', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', jsonb_build_object('facts', jsonb_agg(f.fact ORDER BY f.fact))
    FROM support_programs_factconfirmation f JOIN support_programs_caselist l ON l.id = f.case_list_id
    GROUP BY f.confirmed_on, f.confirmed_by_id, l.id
    UNION ALL
    SELECT p.received_on, 51, p.received_by_id, 'list.papers_confirmed', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', jsonb_build_object('papers', string_agg(DISTINCT p.label, '; '))
    FROM support_programs_casepaper p JOIN support_programs_caselist l ON l.id = p.case_list_id
    GROUP BY p.received_on, p.received_by_id, l.id
    UNION ALL
    SELECT l.posting_from, 60, l.created_by_id, 'list.post', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "draft", "to": "posting"}'
    FROM support_programs_caselist l WHERE l.posting_from IS NOT NULL
    UNION ALL
    SELECT l.posting_closed_on, 70, l.created_by_id, 'list.close_posting', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "posting", "to": "posted"}'
    FROM support_programs_caselist l WHERE l.posting_closed_on IS NOT NULL
    UNION ALL
    SELECT l.letter_date, 88, l.submitted_by_id, 'list.submit', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "posted", "to": "at_district"}'
    FROM support_programs_caselist l WHERE l.submitted_by_id IS NOT NULL
    UNION ALL
    SELECT l.district_date, 290, l.list_approved_by_id, 'list.approve', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "at_district", "to": "district_approved"}'
    FROM support_programs_caselist l WHERE l.list_approved_by_id IS NOT NULL
    UNION ALL
    SELECT l.district_date, 300, l.list_approved_by_id, 'list.forward', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "district_approved", "to": "at_department"}'
    FROM support_programs_caselist l
    WHERE l.status IN ('at_department', 'money_appraised', 'money_approved')
    UNION ALL
    SELECT l.finance_date, 200, l.money_appraised_by_id, 'list.appraise_money', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "at_department", "to": "money_appraised"}'
    FROM support_programs_caselist l WHERE l.money_appraised_by_id IS NOT NULL
    UNION ALL
    SELECT l.decision_date, 305, l.money_approved_by_id, 'list.approve_money', 'support_programs.caselist',
           l.id, l.reference, l.area_code, '', '{"from": "money_appraised", "to": "money_approved"}'
    FROM support_programs_caselist l WHERE l.decision_id IS NOT NULL
    UNION ALL
    SELECT d.signed_on, 304, d.recorded_by_id, 'decision.recorded', 'support_programs.approvaldecision',
           d.id, d.reference, d.area_code, '', '{}' FROM support_programs_approvaldecision d
    -- money
    UNION ALL
    SELECT a.allocated_on, 240, a.recorded_by_id, 'allocation.recorded', 'disbursements.allocation',
           a.id, a.reference, a.area_code, '', jsonb_build_object('amount', a.amount) FROM disbursements_allocation a
    UNION ALL
    SELECT (b.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 330, b.created_by_id, 'batch.created',
           'disbursements.batch', b.id, b.reference, b.area_code, '', '{}' FROM disbursements_batch b
    UNION ALL
    SELECT (b.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 332, b.created_by_id, 'batch.prepare',
           'disbursements.batch', b.id, b.reference, b.area_code, '', '{"from": "preparing", "to": "prepared"}'
    FROM disbursements_batch b
    UNION ALL
    SELECT s.signed_on, 20 + s.ordinal, s.signer_id, 'batch.signed', 'disbursements.batch', b.id, b.reference, b.area_code, '',
           jsonb_build_object('given', s.ordinal, 'needed', b.signatures_needed, 'amount', b.total_amount)
    FROM disbursements_batchsignature s JOIN disbursements_batch b ON b.id = s.batch_id
    UNION ALL
    SELECT (b.approved_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 30, b.approved_by_id, 'batch.approve',
           'disbursements.batch', b.id, b.reference, b.area_code, '',
           jsonb_build_object('from', 'prepared', 'to', 'approved', 'people', b.line_count, 'amount', b.total_amount,
                              'signatures', b.signatures_needed)
    FROM disbursements_batch b WHERE b.approved_by_id IS NOT NULL
    UNION ALL
    SELECT b.released_on, 60, b.released_by_id, 'batch.release', 'disbursements.batch',
           b.id, b.reference, b.area_code, '', '{"from": "approved", "to": "released"}'
    FROM disbursements_batch b WHERE b.released_on IS NOT NULL
    UNION ALL
    SELECT b.closed_on, 520, b.created_by_id, 'batch.close', 'disbursements.batch',
           b.id, b.reference, b.area_code, '', '{"from": "released", "to": "closed"}'
    FROM disbursements_batch b WHERE b.closed_on IS NOT NULL
    UNION ALL
    SELECT i.resulted_on, 380 + i.id % 100, i.recorded_by_id,
           CASE i.status WHEN 'paid' THEN 'instruction.pay' WHEN 'failed' THEN 'instruction.fail' ELSE 'instruction.return' END,
           'disbursements.paymentinstruction', i.id, i.reference, i.area_code, i.result_reason,
           jsonb_build_object('from', 'sent', 'to', i.status)
    FROM disbursements_paymentinstruction i WHERE i.resulted_on IS NOT NULL
    UNION ALL
    SELECT s.recorded_on, s.id % 480, s.recorded_by_id, 'status.recorded', 'beneficiaries.status', s.id, s.reference, s.area_code, '',
           jsonb_build_object('register', s.register, 'category', s.category, 'subject', COALESCE(p.reference, h.reference))
    FROM beneficiaries_status s LEFT JOIN beneficiaries_person p ON p.id = s.person_id
    LEFT JOIN beneficiaries_household h ON h.id = s.household_id
) AS done (on_day, minutes, actor_id, action, object_type, object_id, object_ref, area_code, reason, change)
JOIN accounts_user who ON who.id = done.actor_id
ORDER BY 1, done.object_type, done.object_id;
