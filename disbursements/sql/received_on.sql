-- the day of receipt is part of the snapshot
CREATE TRIGGER receipt_stays BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN (OLD.received_on IS DISTINCT FROM NEW.received_on) EXECUTE FUNCTION refuse_change('a payment line stays what it is');
