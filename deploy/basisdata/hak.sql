-- What the role that serves may do. Run by the owner of the tables after every `migrate`; run twice it changes nothing.
--   psql "$DATABASE_URL_OWNER" -v ON_ERROR_STOP=1 -f hak.sql
-- The role is called musrenbang, or what the setting musrenbang.aplikasi names.
-- A table is append-only when a trigger refuses every UPDATE of it (the trails): there the role may read and add, and as it
-- owns nothing it can neither drop a trigger nor switch one off, truncate, or make a table of its own.
DO $$
DECLARE
  aplikasi text := coalesce(nullif(current_setting('musrenbang.aplikasi', true), ''), 'musrenbang');
  tabel regclass;
  jumlah int := 0;
BEGIN
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', aplikasi);
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
  EXECUTE format('REVOKE CREATE ON SCHEMA public FROM %I', aplikasi);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', aplikasi);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', aplikasi);
  EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO %I', aplikasi);
  -- pg_trigger.tgtype: 2 is BEFORE, 16 is UPDATE; tgqual is the WHEN of a trigger that refuses only some rows.
  FOR tabel IN
    SELECT DISTINCT tgrelid::regclass FROM pg_trigger
    WHERE NOT tgisinternal AND tgqual IS NULL AND tgtype & 18 = 18
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM %I', tabel, aplikasi);
    jumlah := jumlah + 1;
  END LOOP;
  IF jumlah = 0 THEN
    RAISE EXCEPTION 'Tidak ada pemicu jejak: jalankan migrate dahulu.';
  END IF;
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM %I', aplikasi);
END $$;
