-- I4, I6: what was asked for never changes, and that includes the decision; count and sum stay once the batch is prepared
DROP TRIGGER request_fixed ON disbursements_batch;
CREATE TRIGGER request_fixed BEFORE UPDATE ON disbursements_batch FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.programme_id, OLD.channel, OLD.stream, OLD.decision_number, OLD.idempotency_key,
         OLD.request_hash, OLD.created_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.programme_id, NEW.channel, NEW.stream, NEW.decision_number, NEW.idempotency_key,
         NEW.request_hash, NEW.created_by_id)
    OR (OLD.status <> 'preparing'
        AND (OLD.line_count, OLD.total_amount, OLD.due_on) IS DISTINCT FROM (NEW.line_count, NEW.total_amount, NEW.due_on))
    OR (OLD.approved_by_id IS NOT NULL
        AND (OLD.approved_by_id, OLD.approved_at) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at)))
  EXECUTE FUNCTION refuse_change('a prepared batch is frozen');
