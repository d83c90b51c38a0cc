-- People of the whole province who may be one of those asked about. Both functions work with the rights of their owner, so that
-- they see past the area fence; what they give stays in the comparison (rules/matching.py) and never reaches a page as it is.
-- Their callers are the finding of duplicates, the check of an import and the warning at entry.
--
-- pg_temp is named last: unnamed it would come first, and a caller's temporary table or view would be read with the owner's
-- rights. Each call is planned anew: a plan kept from when a register was nearly empty takes a minute for 4,000 people, not 0.5 s.

-- the words of a name in the order of the alphabet: "hung nguyen van" and "nguyen van hung" are one
CREATE OR REPLACE FUNCTION sorted_words(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT pg_catalog.string_agg(word, ' ' ORDER BY word COLLATE pg_catalog."C")
      FROM pg_catalog.string_to_table(name, ' ') AS word
$$;

-- might one be a misspelling of the other? A sieve only: the rules look closer
CREATE OR REPLACE FUNCTION are_near_names(a text, b text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT a = b OR levenshtein_less_equal(a, b, 2) <= 2
        OR split_part(a, ' ', -1) = split_part(b, ' ', -1)
           AND (split_part(a, ' ', 1) = split_part(b, ' ', 1)
                OR split_part(a, ' ', 2) = split_part(b, ' ', 2) OR split_part(a, ' ', 2) = split_part(b, ' ', 1)
                OR split_part(a, ' ', 1) = split_part(b, ' ', 2))
        OR replace(a, ' ', '') = replace(b, ' ', '')
$$;

-- Each look-up is LATERAL and fenced by OFFSET 0: it starts from who is asked about whatever the planner believes of the register.
-- Where it took a register for empty it began with the people instead, and one list took minutes.
--
-- asked: id, name (search key), birth, year, area, hamlet, phone, and lists: births (the same day of near years), keys (their
-- name's words in order, and other spellings), tails, numbers and accounts (keyed indexes in hex)
CREATE OR REPLACE FUNCTION match_people(asked jsonb) RETURNS TABLE (asked_id bigint, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
SET jit = off
AS $$
    WITH asked AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(asked) AS a (
            id bigint, name text, birth date, year integer, area text, hamlet text, phone text,
            births date[], keys text[], tails text[], numbers text[], accounts text[])
    ), by_number AS (
        SELECT a.id, d.person_id FROM asked AS a CROSS JOIN LATERAL unnest(a.numbers) AS number
          CROSS JOIN LATERAL (SELECT * FROM beneficiaries_identitydocument WHERE number_index = decode(number, 'hex') OFFSET 0) AS d
    ), by_tail AS (
        -- the last six digits are equal
        SELECT a.id, p.id AS person_id FROM asked AS a CROSS JOIN LATERAL unnest(a.tails) AS tail
          CROSS JOIN LATERAL (SELECT * FROM beneficiaries_identitydocument WHERE tail_index = decode(tail, 'hex') OFFSET 0) AS d
          CROSS JOIN LATERAL (SELECT * FROM beneficiaries_person WHERE id = d.person_id OFFSET 0) AS p
         WHERE p.id <> a.id AND (p.birth_year = a.year OR are_near_names(p.name_key, a.name))
    ), by_name AS (
        -- the same words with the same birth anywhere, a turned one too; with a near or unknown one in the district
        SELECT a.id, p.id AS person_id FROM asked AS a CROSS JOIN LATERAL unnest(a.keys) AS key
          CROSS JOIN LATERAL (
              SELECT id, birth_date, area_code FROM beneficiaries_person
               WHERE sorted_words(name_key) = key AND birth_year = a.year OFFSET 0) AS p
         WHERE p.birth_date = a.birth
            OR left(p.area_code, 5) = left(a.area, 5)
               AND (p.birth_date IS NULL OR a.birth IS NULL
                    OR date_part('day', p.birth_date) = date_part('day', a.birth)
                    OR date_part('month', p.birth_date) = date_part('month', a.birth))
            OR date_part('day', p.birth_date) = date_part('month', a.birth)
               AND date_part('month', p.birth_date) = date_part('day', a.birth)
    ), by_birth AS (
        SELECT a.id, p.id AS person_id FROM asked AS a
          CROSS JOIN LATERAL (
              SELECT id, name_key FROM beneficiaries_person
               WHERE birth_date = a.birth AND area_code >= left(a.area, 5) AND area_code < left(a.area, 5) || ':' OFFSET 0) AS p
         WHERE are_near_names(p.name_key, a.name)
    ), by_other_year AS (
        -- the same day of another year that is one digit away, in the commune
        SELECT a.id, p.id AS person_id FROM asked AS a CROSS JOIN LATERAL unnest(a.births) AS other_birth
          CROSS JOIN LATERAL (
              SELECT id, name_key FROM beneficiaries_person WHERE birth_date = other_birth AND area_code = a.area OFFSET 0) AS p
         WHERE are_near_names(p.name_key, a.name)
    ), by_home AS (
        SELECT a.id, p.id AS person_id FROM asked AS a
          CROSS JOIN LATERAL (
              SELECT id, name_key FROM beneficiaries_person
               WHERE birth_year = a.year AND area_code = a.area AND hamlet_key = a.hamlet AND hamlet_key > '' OFFSET 0) AS p
         WHERE are_near_names(p.name_key, a.name)
    ), by_phone AS (
        SELECT a.id, p.id AS person_id FROM asked AS a
          CROSS JOIN LATERAL (
              SELECT id, name_key FROM beneficiaries_person WHERE phone = a.phone AND phone > '' OFFSET 0) AS p
         WHERE are_near_names(p.name_key, a.name) OR sorted_words(p.name_key) = a.keys[1]
    ), by_account AS (
        SELECT a.id, p.id AS person_id FROM asked AS a CROSS JOIN LATERAL unnest(a.accounts) AS account
          CROSS JOIN LATERAL (SELECT * FROM beneficiaries_payoutaccount WHERE account_index = decode(account, 'hex') OFFSET 0) AS o
          CROSS JOIN LATERAL (SELECT * FROM beneficiaries_person WHERE id = o.person_id OFFSET 0) AS p
         WHERE p.id <> a.id AND (are_near_names(p.name_key, a.name) OR sorted_words(p.name_key) = a.keys[1])
    )
    SELECT found.id, found.person_id
      FROM (TABLE by_number UNION TABLE by_tail UNION TABLE by_name UNION TABLE by_birth UNION TABLE by_other_year
            UNION TABLE by_home UNION TABLE by_phone UNION TABLE by_account) AS found (id, person_id)
     WHERE found.id <> found.person_id
$$;
REVOKE ALL ON FUNCTION match_people(jsonb) FROM PUBLIC;

-- what is compared of each of these people; numbers stay encrypted. `claimed`: an old number that belongs to somebody else's
-- entry was left to them when the row went in, and still is what the row said.
CREATE OR REPLACE FUNCTION match_facts(people bigint[])
RETURNS TABLE (
    person_id bigint, root_id bigint, name text, name_key text, birth_date date, birth_year integer, sex text, area_code text,
    hamlet_key text, phone text, accounts bytea[], numbers bytea[], claimed bytea[], tails bytea[], sealed bytea[]
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
SET jit = off
AS $$
    SELECT p.id, coalesce(p.joined_to_id, p.id), p.full_name, p.name_key, p.birth_date, p.birth_year::integer, p.sex, p.area_code,
           p.hamlet_key, p.phone, o.accounts, d.numbers, r.numbers, d.tails, d.sealed
      FROM unnest(people) AS asked (id)
      JOIN beneficiaries_person AS p ON p.id = asked.id
      LEFT JOIN LATERAL (
          SELECT array_agg(number_index) AS numbers, array_agg(tail_index) AS tails, array_agg(number_encrypted) AS sealed
            FROM beneficiaries_identitydocument WHERE person_id = p.id
      ) AS d ON true
      LEFT JOIN LATERAL (
          SELECT array_agg(account_index) AS accounts FROM beneficiaries_payoutaccount WHERE person_id = p.id
      ) AS o ON true
      LEFT JOIN LATERAL (
          SELECT array_agg(decode("values"->'old'->>'index', 'hex')) AS numbers
            FROM beneficiaries_importrow WHERE person_id = p.id AND "values" ? 'old'
      ) AS r ON true
$$;
REVOKE ALL ON FUNCTION match_facts(bigint[]) FROM PUBLIC;
