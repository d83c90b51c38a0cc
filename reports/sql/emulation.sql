-- What the emulation movement keeps whatever writes: criteria stay once it runs, points stay as they were computed, minutes and
-- decisions as they were recorded, achievements and grounds of a proposal as they were entered.
CREATE FUNCTION keep_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM reports_movement WHERE id = NEW.movement_id) <> 'preparing' THEN
    RAISE EXCEPTION 'criteria of a movement that runs stay' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER criteria_stay BEFORE INSERT OR UPDATE ON reports_criterion FOR EACH ROW EXECUTE FUNCTION keep_criteria();

CREATE FUNCTION keep_scores() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM reports_scoringround WHERE id = NEW.scoring_round_id) <> 'open' THEN
    RAISE EXCEPTION 'points of a closed round stay' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scores_of_open_rounds BEFORE INSERT ON reports_score FOR EACH ROW EXECUTE FUNCTION keep_scores();
CREATE TRIGGER scores_stay BEFORE UPDATE OR DELETE ON reports_score FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_change('points stay as they were computed');
CREATE TRIGGER closed_round_stays BEFORE UPDATE ON reports_scoringround FOR EACH ROW
  WHEN (OLD.status = 'closed') EXECUTE FUNCTION refuse_change('a closed round stays');

CREATE TRIGGER achievement_stays BEFORE UPDATE ON reports_achievement FOR EACH ROW
  WHEN ((OLD.participant_id, OLD.criterion_id, OLD.title, OLD.text, OLD.achieved_on, OLD.proof_id, OLD.asked_points, OLD.entered_by_id)
    IS DISTINCT FROM
        (NEW.participant_id, NEW.criterion_id, NEW.title, NEW.text, NEW.achieved_on, NEW.proof_id, NEW.asked_points, NEW.entered_by_id)
    OR (OLD.decided_by_id IS NOT NULL
        AND (OLD.decided_by_id, OLD.points) IS DISTINCT FROM (NEW.decided_by_id, NEW.points)))
  EXECUTE FUNCTION refuse_change('an achievement stays as it was entered and confirmed');

CREATE FUNCTION keep_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM reports_councilmeeting WHERE id = NEW.meeting_id) <> 'open' THEN
    RAISE EXCEPTION 'votes stay once the minutes are made' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER votes_stay BEFORE INSERT OR UPDATE ON reports_councilvote FOR EACH ROW EXECUTE FUNCTION keep_votes();
CREATE TRIGGER minutes_stay BEFORE UPDATE ON reports_councilmeeting FOR EACH ROW
  WHEN (OLD.status = 'closed') EXECUTE FUNCTION refuse_change('minutes stay');
CREATE TRIGGER award_decision_stays BEFORE UPDATE OR DELETE ON reports_awarddecision FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_change('a decision stays as it was recorded');
CREATE TRIGGER proposal_ground_stays BEFORE UPDATE ON reports_awardproposal FOR EACH ROW
  WHEN ((OLD.movement_id, OLD.participant_id, OLD.award, OLD.achievement_id, OLD.scoring_round_id, OLD.proposed_by_id)
    IS DISTINCT FROM
        (NEW.movement_id, NEW.participant_id, NEW.award, NEW.achievement_id, NEW.scoring_round_id, NEW.proposed_by_id)
    OR OLD.status IN ('awarded', 'refused', 'withdrawn'))
  EXECUTE FUNCTION refuse_change('what was proposed stays');
