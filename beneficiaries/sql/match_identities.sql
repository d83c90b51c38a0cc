-- The one search over the whole province: who else has this identity number. It works with the rights of its owner, so that it
-- sees past the area fence, and gives no more than person, area, list and whether the name is the same. Its callers are
-- the check of an import, the commit after it, and the warning at entry.
CREATE OR REPLACE FUNCTION match_identities(numbers bytea[], name_keys text[], of_profile text, own_import bigint)
RETURNS TABLE (
    number_index bytea,
    person_id bigint,
    person_area text,
    is_same_name boolean,
    claim_area text,
    claim_import bigint,
    claim_row integer,
    is_claim_committed boolean
)
LANGUAGE sql STABLE SECURITY DEFINER
-- a caller's temporary tables come last, and each call is planned anew (match_people.sql says why)
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
    WITH asked AS (
        SELECT DISTINCT ON (a.number_index) a.number_index, a.name_key
          FROM unnest(numbers, name_keys) AS a (number_index, name_key)
    ), registered AS (
        SELECT asked.number_index, person.id AS person_id, person.area_code AS person_area,
               person.name_key = asked.name_key AS is_same_name
          FROM asked
          JOIN beneficiaries_identitydocument AS document ON document.number_index = asked.number_index
          JOIN beneficiaries_person AS person ON person.id = document.person_id
    ), claimed AS (
        -- the first list that has the number keeps it; a row that is itself a repetition claims nothing
        SELECT DISTINCT ON (asked.number_index, list.area_code)
               asked.number_index, list.area_code AS claim_area, list.id AS claim_import, r.row_number AS claim_row,
               r.state = 'committed' AS is_claim_committed
          FROM asked
          JOIN beneficiaries_importrow AS r ON r.number_index = asked.number_index
          JOIN beneficiaries_listimport AS list ON list.id = r.list_import_id
         WHERE list.id <> own_import
           AND list.profile = of_profile
           AND list.state IN ('checking', 'checked', 'committing', 'committed')
           AND r.state <> 'set_aside'
           AND NOT r.findings @> '[{"code": "DUP_CROSS_COMMUNE"}]'::jsonb
         ORDER BY asked.number_index, list.area_code, r.state = 'committed' DESC, list.id
    )
    SELECT coalesce(registered.number_index, claimed.number_index), registered.person_id, registered.person_area,
           registered.is_same_name, claimed.claim_area, claimed.claim_import, claimed.claim_row, claimed.is_claim_committed
      FROM registered FULL JOIN claimed ON claimed.number_index = registered.number_index
$$;
REVOKE ALL ON FUNCTION match_identities(bytea[], text[], text, bigint) FROM PUBLIC;
