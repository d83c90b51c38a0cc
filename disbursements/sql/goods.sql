-- Goods: stores, their stock, and what is handed out of them (README, "Goods"). Whatever writes: stock never falls below 0, and what was
-- handed out is what was issued less what came back (I18).

-- I16: papers stay, a correction is a new row
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_stockmovement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a correction is a new row');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_donation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a correction is a new row');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_donationcorrection
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a correction is a new row');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_handoutfile
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('made once');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_handoutupload
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_handout
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_handoutline
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_store
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_goods
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_stockbalance
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_store FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code) IS DISTINCT FROM (NEW.reference, NEW.area_code))
  EXECUTE FUNCTION refuse_change('a store stays where it is');
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_goods FOR EACH ROW
  WHEN ((OLD.code, OLD.name, OLD.unit) IS DISTINCT FROM (NEW.code, NEW.name, NEW.unit))
  EXECUTE FUNCTION refuse_change('goods stay what they are');

-- a movement fits what it is about: its store, the sending that it answers, the paper that it takes back, the round that it serves
CREATE FUNCTION check_stock_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fits boolean;
BEGIN
  SELECT s.area_code = NEW.area_code INTO fits FROM disbursements_store s WHERE s.id = NEW.store_id;
  IF fits AND NEW.kind = 'arrival' THEN
    SELECT count(*) = 1 INTO fits FROM disbursements_stockmovement m
     WHERE m.id = NEW.sending_id AND m.kind = 'sending' AND m.other_store_id = NEW.store_id AND m.store_id = NEW.other_store_id
       AND m.goods_id = NEW.goods_id AND -m.change = NEW.change + NEW.missing;
  ELSIF fits AND NEW.kind = 'correction' THEN
    SELECT count(*) = 1 INTO fits FROM disbursements_stockmovement m
     WHERE m.id = NEW.corrects_id AND m.kind IN ('receipt', 'loss') AND m.store_id = NEW.store_id AND m.goods_id = NEW.goods_id
       AND m.change = -NEW.change;
  ELSIF fits AND NEW.kind = 'receipt' AND NEW.donation_id IS NOT NULL THEN
    SELECT count(*) = 1 INTO fits FROM disbursements_donation d
     WHERE d.id = NEW.donation_id AND d.goods_id = NEW.goods_id AND d.quantity = NEW.change AND d.source_id = NEW.source_id;
  ELSIF fits AND NEW.kind IN ('issue', 'leftover') THEN
    PERFORM 1 FROM disbursements_handout WHERE id = NEW.handout_id FOR NO KEY UPDATE;
    SELECT count(*) = 1 INTO fits FROM disbursements_handout h
     WHERE h.id = NEW.handout_id AND h.status = 'handing' AND h.store_id = NEW.store_id AND h.goods_id = NEW.goods_id
       AND (NEW.kind <> 'issue' OR -NEW.change = h.total_quantity)
       AND (NEW.kind <> 'leftover'
            OR (NOT EXISTS (SELECT FROM disbursements_handoutline l WHERE l.handout_id = h.id AND l.status = 'waiting')
                AND NEW.change = h.total_quantity - (SELECT coalesce(sum(l.quantity), 0) FROM disbursements_handoutline l
                                                      WHERE l.handout_id = h.id AND l.status = 'received')));
  END IF;
  IF fits IS NOT TRUE THEN
    RAISE EXCEPTION 'stock movement % fits neither its store nor what it is about', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON disbursements_stockmovement FOR EACH ROW EXECUTE FUNCTION check_stock_movement();

-- I18: the balance follows the movements; its row is the lock, its check the limit. The application's role may only read it
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE disbursements_stockbalance SET on_hand = on_hand + NEW.change WHERE store_id = NEW.store_id AND goods_id = NEW.goods_id;
  IF NOT FOUND THEN
    INSERT INTO disbursements_stockbalance AS b (area_code, store_id, goods_id, on_hand)
    VALUES (NEW.area_code, NEW.store_id, NEW.goods_id, NEW.change)
    ON CONFLICT (store_id, goods_id) DO UPDATE SET on_hand = b.on_hand + NEW.change;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER move_stock AFTER INSERT ON disbursements_stockmovement FOR EACH ROW EXECUTE FUNCTION move_stock();
CREATE FUNCTION check_stock_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted bigint;
BEGIN
  SELECT coalesce(sum(change), 0) INTO wanted FROM disbursements_stockmovement
   WHERE store_id = NEW.store_id AND goods_id = NEW.goods_id;
  IF wanted <> (SELECT on_hand FROM disbursements_stockbalance WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'stock of store % is not the sum of its movements', NEW.store_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows_movements AFTER INSERT OR UPDATE ON disbursements_stockbalance
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_stock_balance();

-- a round begins empty; what was asked for, and once prepared its count and sum, never change
CREATE TRIGGER request_fixed BEFORE UPDATE ON disbursements_handout FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.programme_id, OLD.goods_id, OLD.store_id, OLD.decision_number, OLD.idempotency_key,
         OLD.request_hash, OLD.made_on, OLD.created_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.programme_id, NEW.goods_id, NEW.store_id, NEW.decision_number, NEW.idempotency_key,
         NEW.request_hash, NEW.made_on, NEW.created_by_id)
    OR (OLD.status <> 'preparing' AND (OLD.line_count, OLD.total_quantity) IS DISTINCT FROM (NEW.line_count, NEW.total_quantity))
    OR (OLD.approved_by_id IS NOT NULL
        AND (OLD.approved_by_id, OLD.approved_on) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_on)))
  EXECUTE FUNCTION refuse_change('a prepared round is frozen');

CREATE FUNCTION check_frozen_handout() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  heads bigint;
  total bigint;
BEGIN
  SELECT count(*), coalesce(sum(quantity), 0) INTO heads, total FROM disbursements_handoutline WHERE handout_id = NEW.id;
  IF heads <> NEW.line_count OR total <> NEW.total_quantity THEN
    RAISE EXCEPTION 'round % says % lines, % units; its lines are %, % units', NEW.reference, NEW.line_count, NEW.total_quantity, heads,
      total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER frozen AFTER UPDATE ON disbursements_handout FOR EACH ROW
  WHEN (OLD.status = 'preparing' AND NEW.status = 'prepared') EXECUTE FUNCTION check_frozen_handout();

-- I7: who approves a round worked on nobody in it (that they did not make it is a check on the row)
CREATE FUNCTION check_handout_approver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM disbursements_handoutline l JOIN support_programs_entitlement e ON e.id = l.entitlement_id
               JOIN support_programs_caselist c ON c.id = e.case_list_id
              WHERE l.handout_id = NEW.id
                AND NEW.approved_by_id IN (e.entered_by_id, e.appraised_by_id, e.list_approved_by_id, c.concluded_by_id,
                                           e.money_appraised_by_id, e.money_approved_by_id)) THEN
    RAISE EXCEPTION 'the approver of round % worked on its people', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER approver AFTER UPDATE ON disbursements_handout FOR EACH ROW
  WHEN (NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) EXECUTE FUNCTION check_handout_approver();

-- nothing is handed to somebody who may be another person
CREATE FUNCTION check_unsettled_handout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM beneficiaries_duplicatecandidate d
               JOIN beneficiaries_person p ON p.id = d.first_id OR p.id = d.second_id
               JOIN support_programs_entitlement e ON e.claimant_id = coalesce(p.joined_to_id, p.id)
               JOIN disbursements_handoutline l ON l.entitlement_id = e.id
              WHERE d.state IN ('open', 'verifying') AND d.passed_by_id IS NULL AND l.handout_id = NEW.id) THEN
    RAISE EXCEPTION 'round % serves somebody who may be the same human as another', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER unsettled_people BEFORE UPDATE OF status ON disbursements_handout FOR EACH ROW
  WHEN (NEW.status = 'handing' AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION check_unsettled_handout();

-- at commit: goods left the store before the first is handed over; a cancelled round holds nobody; a closed one ties:
-- issued = handed over + back in the store
CREATE FUNCTION check_handout_ties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  issued bigint;
  back bigint;
  handed bigint;
  open_lines bigint;
  now_in text;
BEGIN
  SELECT status INTO now_in FROM disbursements_handout WHERE id = NEW.id;
  SELECT coalesce(-sum(change) FILTER (WHERE kind = 'issue'), 0), coalesce(sum(change) FILTER (WHERE kind = 'leftover'), 0)
    INTO issued, back FROM disbursements_stockmovement WHERE handout_id = NEW.id;
  SELECT coalesce(sum(quantity) FILTER (WHERE status = 'received'), 0),
         count(*) FILTER (WHERE (now_in = 'closed' AND status NOT IN ('received', 'missed'))
                             OR (now_in = 'cancelled' AND status <> 'cancelled'))
    INTO handed, open_lines FROM disbursements_handoutline WHERE handout_id = NEW.id;
  IF open_lines > 0 OR (now_in IN ('handing', 'closed') AND issued <> NEW.total_quantity)
     OR (now_in = 'closed' AND issued <> handed + back) OR (now_in = 'cancelled' AND issued > 0) THEN
    RAISE EXCEPTION 'round % does not tie: % issued, % handed over, % back, % lines in the way', NEW.reference, issued, handed, back,
      open_lines USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ties AFTER UPDATE ON disbursements_handout DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status IN ('handing', 'closed', 'cancelled')) EXECUTE FUNCTION check_handout_ties();

-- lines join a round only while it is put together, equal their entitlement, and count their attempts by one
CREATE FUNCTION check_added_handout_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  misfits bigint;
BEGIN
  PERFORM 1 FROM disbursements_handout WHERE id IN (SELECT handout_id FROM added) FOR SHARE;
  SELECT count(*) INTO misfits
    FROM added n
    JOIN disbursements_handout h ON h.id = n.handout_id
    JOIN disbursements_goods g ON g.id = h.goods_id
    JOIN support_programs_entitlement e ON e.id = n.entitlement_id
    LEFT JOIN beneficiaries_person p ON p.id = e.claimant_id
   WHERE h.status <> 'preparing' OR h.reference <> n.handout_reference OR h.created_by_id <> n.made_by_id
      OR h.programme_id <> e.programme_id OR n.area_code <> e.area_code
      OR n.area_code < h.area_code OR n.area_code >= h.area_code || ':'
      OR e.unit = 'VND' OR e.unit <> g.unit OR e.decision_id IS NULL OR e.doubles_id IS NOT NULL OR p.joined_to_id IS NOT NULL
      OR (n.case_reference, n.case_list_id, n.quantity, n.unit, n.version_hash, n.payee_name, n.payee_number_last3, n.entered_by_id,
          n.list_approved_by_id, n.money_approved_by_id)
         IS DISTINCT FROM
         (e.reference::text, e.case_list_id, e.quantity, e.unit, e.version_hash, e.payee_name, e.payee_number_last3, e.entered_by_id,
          e.list_approved_by_id, e.money_approved_by_id);
  IF misfits > 0 THEN
    RAISE EXCEPTION '% lines fit neither an open round nor their entitlement', misfits USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO misfits FROM added n
   WHERE n.attempt <> (SELECT count(*) FROM disbursements_handoutline l WHERE l.entitlement_id = n.entitlement_id);
  IF misfits > 0 THEN
    RAISE EXCEPTION 'the attempt of % lines does not follow the one before', misfits USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER added_lines AFTER INSERT ON disbursements_handoutline REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_added_handout_lines();

CREATE TRIGGER snapshot BEFORE UPDATE ON disbursements_handoutline FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.handout_id, OLD.handout_reference, OLD.entitlement_id, OLD.case_reference, OLD.case_list_id,
         OLD.decision_number, OLD.attempt, OLD.position, OLD.quantity, OLD.unit, OLD.version_hash, OLD.payee_name, OLD.payee_sort,
         OLD.payee_key, OLD.birth_date, OLD.birth_year, OLD.payee_number_last3, OLD.hamlet, OLD.entered_by_id, OLD.list_approved_by_id,
         OLD.money_approved_by_id, OLD.made_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.handout_id, NEW.handout_reference, NEW.entitlement_id, NEW.case_reference, NEW.case_list_id,
         NEW.decision_number, NEW.attempt, NEW.position, NEW.quantity, NEW.unit, NEW.version_hash, NEW.payee_name, NEW.payee_sort,
         NEW.payee_key, NEW.birth_date, NEW.birth_year, NEW.payee_number_last3, NEW.hamlet, NEW.entered_by_id, NEW.list_approved_by_id,
         NEW.money_approved_by_id, NEW.made_by_id))
  EXECUTE FUNCTION refuse_change('hand-out lines are snapshots');
CREATE TRIGGER result_final BEFORE UPDATE ON disbursements_handoutline FOR EACH ROW
  WHEN (OLD.status IN ('received', 'missed', 'cancelled')
    AND (OLD.status, OLD.resulted_on, OLD.result_reason, OLD.recorded_by_id, OLD.proxy_name, OLD.proxy_relation, OLD.proxy_paper,
         OLD.proxy_number_last3)
    IS DISTINCT FROM
        (NEW.status, NEW.resulted_on, NEW.result_reason, NEW.recorded_by_id, NEW.proxy_name, NEW.proxy_relation, NEW.proxy_paper,
         NEW.proxy_number_last3))
  EXECUTE FUNCTION refuse_change('results are final');

CREATE FUNCTION check_moved_handout_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  misfits bigint;
BEGIN
  SELECT count(*) INTO misfits
    FROM moved n JOIN disbursements_handout h ON h.id = n.handout_id
   WHERE (n.status IN ('received', 'missed') AND h.status NOT IN ('handing', 'closed'))
      OR (n.status = 'cancelled' AND h.status <> 'cancelled');
  IF misfits > 0 THEN
    RAISE EXCEPTION '% lines moved in a round that does not allow it', misfits USING ERRCODE = 'check_violation';
  END IF;
  -- what went back into the store is not handed over afterwards
  IF EXISTS (SELECT FROM moved n JOIN disbursements_stockmovement m ON m.handout_id = n.handout_id AND m.kind = 'leftover'
              WHERE n.status = 'waiting') THEN
    RAISE EXCEPTION 'the leftovers of a round went back before its last line' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moved_lines AFTER UPDATE ON disbursements_handoutline REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION check_moved_handout_lines();

-- I2: an entitlement is paid by a paid instruction or, in kind, by a line that was received; and free without a live one of either
CREATE OR REPLACE FUNCTION check_entitlement_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM disbursements_paymentinstruction WHERE entitlement_id = NEW.id AND status = 'paid')
     AND NOT EXISTS (SELECT 1 FROM disbursements_handoutline WHERE entitlement_id = NEW.id AND status = 'received') THEN
    RAISE EXCEPTION 'entitlement % is paid by no line', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION check_entitlement_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
              WHERE e.id = NEW.id AND e.status = 'approved' AND i.status IN ('queued', 'sent', 'unknown', 'paid'))
     OR (NEW.unit <> 'VND'
         AND EXISTS (SELECT 1 FROM disbursements_handoutline l JOIN support_programs_entitlement e ON e.id = l.entitlement_id
                      WHERE e.id = NEW.id AND e.status = 'approved' AND l.status IN ('waiting', 'received'))) THEN
    RAISE EXCEPTION 'entitlement % still has a live line', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
