-- What must not be found in the demo: each query names the rows that contradict, and gives none.

-- a batch's count and sum are its lines'
SELECT b.id FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id
GROUP BY b.id HAVING count(*) <> b.line_count OR sum(i.amount) <> b.total_amount;

-- a batch's count and sum are its lines'
SELECT id FROM disbursements_batch b WHERE NOT EXISTS
(SELECT FROM disbursements_paymentinstruction i WHERE i.batch_id = b.id);

-- a decision's people and đồng are its entitlements'
SELECT d.id FROM support_programs_approvaldecision d LEFT JOIN support_programs_entitlement e ON e.decision_id = d.id
GROUP BY d.id HAVING count(e.id) <> d.people OR sum(e.amount) <> d.amount;

-- what was allocated to a district is what was approved for it
SELECT e.decision_id FROM (SELECT decision_id, left(area_code, 5) AS district, sum(amount) AS due
FROM support_programs_entitlement WHERE decision_id IS NOT NULL GROUP BY 1, 2) e
JOIN (SELECT decision_id, area_code, sum(amount) AS got FROM disbursements_allocation GROUP BY 1, 2) a
ON a.decision_id = e.decision_id AND a.area_code = e.district WHERE a.got <> e.due;

-- an entitlement's state is its newest instruction's
SELECT e.id FROM support_programs_entitlement e LEFT JOIN LATERAL (SELECT status FROM disbursements_paymentinstruction i
WHERE i.entitlement_id = e.id ORDER BY attempt DESC LIMIT 1) i ON true WHERE e.status <> CASE
WHEN i.status = 'paid' THEN 'paid' WHEN i.status IN ('queued', 'sent', 'unknown') THEN 'committed'
WHEN e.decision_id IS NOT NULL THEN 'approved' ELSE 'proposed' END;

-- closed: nobody without an answer; not released: nobody with one
SELECT i.id FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
WHERE (b.status = 'closed' AND i.status NOT IN ('paid', 'failed', 'returned'))
OR (b.status IN ('prepared', 'approved') AND i.status <> 'queued');

-- whoever decides has not acted before
SELECT b.id FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id
WHERE b.approved_by_id IN (b.created_by_id, i.money_approved_by_id, i.list_approved_by_id, i.entered_by_id);

-- whoever decides has not acted before
SELECT l.id FROM support_programs_caselist l JOIN support_programs_case c ON c.case_list_id = l.id
WHERE l.list_approved_by_id IN (c.entered_by_id, c.appraised_by_id)
OR l.money_approved_by_id IN (c.entered_by_id, c.appraised_by_id, l.list_approved_by_id, l.money_appraised_by_id);

-- a case has its list's commune and stream, and a state that fits the list's
SELECT c.id FROM support_programs_case c JOIN support_programs_caselist l ON l.id = c.case_list_id
WHERE c.area_code <> l.area_code OR c.stream <> l.stream OR (l.status = 'money_approved') <> (c.status = 'approved');

-- the newest determination is what the case says
SELECT c.id FROM support_programs_case c LEFT JOIN support_programs_eligibilitydetermination d ON d.case_id = c.id
WHERE c.status <> 'draft' AND (d.result IS NULL OR d.result <> c.result);

-- one open pass per list, the one that the list names; none where everybody was paid or no money has come yet
SELECT l.id FROM support_programs_caselist l JOIN support_programs_caseliststep s ON s.case_list_id = l.id
AND s.finished_on IS NULL WHERE s.step <> l.current_step OR s.due_on IS DISTINCT FROM l.due_on;

-- one open pass per list, the one that the list names; none where everybody was paid or no money has come yet
SELECT case_list_id FROM support_programs_caseliststep WHERE finished_on IS NULL GROUP BY 1 HAVING count(*) > 1;

-- one open pass per list, the one that the list names; none where everybody was paid or no money has come yet
SELECT id FROM support_programs_caseliststep WHERE finished_on < started_on OR started_on > '2021-09-27';

-- a payee's instruction is of the same commune as the entitlement, inside the batch's area
SELECT i.id FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
JOIN support_programs_entitlement e ON e.id = i.entitlement_id
WHERE i.area_code <> e.area_code OR i.area_code NOT LIKE b.area_code || '%' OR i.amount <> e.amount;

-- the log is in the order of the days
SELECT id FROM (SELECT id, at, lag(at) OVER (ORDER BY id) AS before FROM core_event) e WHERE at < before;

-- an entry of a register lies where its person or household does, and names somebody who is there
SELECT s.id FROM beneficiaries_status s LEFT JOIN beneficiaries_person p ON p.id = s.person_id
LEFT JOIN beneficiaries_household h ON h.id = s.household_id
WHERE COALESCE(p.area_code, h.area_code) IS DISTINCT FROM s.area_code OR (s.household_id IS NULL) = (s.person_id IS NULL);

-- every household has one head, who is its first member, and nobody is of two households
SELECT h.id FROM beneficiaries_household h LEFT JOIN beneficiaries_householdmember m ON m.household_id = h.id AND m.is_head
LEFT JOIN beneficiaries_person p ON p.id = m.person_id WHERE p.full_name IS DISTINCT FROM h.head_name;

-- every household has one head, who is its first member, and nobody is of two households
SELECT person_id FROM beneficiaries_householdmember WHERE valid_to IS NULL GROUP BY 1 HAVING count(*) > 1;

-- nobody of the registers was born after their entry began
SELECT s.id FROM beneficiaries_status s JOIN beneficiaries_person p ON p.id = s.person_id WHERE p.birth_date > s.valid_from;

-- who waits to be completed has one open request and no running clock; nobody else has one
SELECT c.id FROM support_programs_case c LEFT JOIN support_programs_supplementrequest r ON r.case_id = c.id AND r.answered_on IS NULL
WHERE (c.status = 'needs_supplement') <> (r.id IS NOT NULL) OR (c.status = 'needs_supplement' AND c.due_on IS NOT NULL);

-- a request stopped the clock of the day on which the case left its list
SELECT r.id FROM support_programs_supplementrequest r JOIN support_programs_exclusion x ON x.case_id = r.case_id
WHERE r.answered_on IS NULL AND (r.asked_on <> x.excluded_on OR r.asked_by_id <> x.excluded_by_id OR r.reason <> x.reason
OR r.answer_by <= r.asked_on OR (r.days_left IS NULL) <> (r.due_before IS NULL));

-- who works on a case took it up on a day, sits at its desk, and has said so
SELECT c.id FROM support_programs_case c JOIN accounts_user u ON u.id = c.assigned_to_id
WHERE c.assigned_on IS NULL OR c.assigned_on > '2021-09-27' OR (c.status IN ('appraising', 'eligible')) <> (length(u.area_code) = 5)
OR c.area_code NOT LIKE u.area_code || '%' OR NOT EXISTS (SELECT FROM core_event e WHERE e.object_type = 'support_programs.case'
AND e.object_id = c.id AND e.action = 'case.assigned' AND e.actor_id = u.id AND e.change ->> 'officer' = u.full_name);

-- what a case lacks is what its papers say
SELECT c.id FROM support_programs_case c
WHERE c.papers_missing <> (SELECT count(*) FROM (VALUES ('request'), ('identity_paper')) AS needed (code) WHERE NOT EXISTS
(SELECT FROM support_programs_casepaper p WHERE p.case_id = c.id AND p.code = needed.code AND p.removed_on IS NULL));
