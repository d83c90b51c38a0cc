-- The same text as core.references.format_reference: kind, year, seven running digits, Verhoeff's check digit over the last
-- two digits of the year and the running digits. Used by set-based statements that number thousands of rows at once.
CREATE OR REPLACE FUNCTION public_reference(prefix text, year int, number bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    -- product of the dihedral group D5, ten rows of ten
    product CONSTANT text := '0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210';
    -- eight rows of ten: what the digit at each place from the right is read as
    permuted CONSTANT text := '01234567891576283094580379614289160435279453126870428657390127938064157046913258';
    inverse CONSTANT text := '0432156789';
    running text := lpad(number::text, 7, '0');
    digits text := lpad((year % 100)::text, 2, '0') || running;
    check_value int := 0;
    read_as int;
BEGIN
    IF prefix !~ '^[A-Z]{2}$' OR year NOT BETWEEN 2000 AND 2099 OR number NOT BETWEEN 0 AND 9999999 THEN
        RAISE EXCEPTION 'reference out of range: % % %', prefix, year, number USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR place IN 1..9 LOOP
        read_as := substr(permuted, (place % 8) * 10 + substr(digits, 10 - place, 1)::int + 1, 1)::int;
        check_value := substr(product, check_value * 10 + read_as + 1, 1)::int;
    END LOOP;
    RETURN prefix || '-' || year::text || '-' || running || substr(inverse, check_value + 1, 1);
END
$$;
