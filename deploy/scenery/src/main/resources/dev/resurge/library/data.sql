-- Plausible content, made by the server itself: a million small inserts would take minutes.
INSERT INTO author (name)
SELECT given || ' ' || family
FROM unnest('{Ada,Bela,Chandra,Dilek,Emre,Fatou,Grace,Hedy,Ines,Jun,Katalin,Leyla,Maryam,Noor,Olga,Priya,Quynh,Rosa,Sofia,Tove}'::text[]) given,
  unnest('{Adeyemi,Bianchi,Castillo,Duval,Eriksen,Fischer,Greenwood,Haddad,Ito,Jansen,Kowalski,Lindqvist,Moreau,Novak,Okafor,Petrov,Quispe,Rahman,Schäfer,Tanaka}'::text[]) family;

INSERT INTO document (author_id, title, summary, published)
SELECT 1 + (n * 7919) % 400,
  (ARRAY['A Short History of','Notes on','The Care of','Field Guide to','Against','In Praise of','Lectures on','A Primer of','Letters about','The Economics of'])[1 + n % 10]
    || ' ' || (ARRAY['Tidal','Northern','Forgotten','Urban','Migratory','Medieval','Luminous','Quiet','Volcanic','Borrowed','Clockwork','Winter'])[1 + (n / 10) % 12]
    || ' ' || (ARRAY['Gardens','Archives','Harbours','Bridges','Orchards','Libraries','Railways','Glaciers','Markets','Mosaics','Observatories','Rivers','Kitchens'])[1 + (n / 120) % 13]
    || ', volume ' || 1 + n / 1560,
  'Shelf mark ' || upper(substr(md5(n::text), 1, 8)) || '. Given to the library in '
    || 1850 + (n * 31) % 170 || ', catalogued by hand, '
    || repeat(md5((n * 17)::text) || ' ', 1 + n % 5),
  date '1850-01-01' + (n * 13) % 62000
FROM generate_series(1, %documents%) n;

INSERT INTO tag (name)
SELECT theme || '/' || kind
FROM unnest('{architecture,botany,cooking,engineering,geology,letters,music,navigation,travel,weather}'::text[]) theme,
  unnest('{essay,map,manual,memoir,report,survey}'::text[]) kind;

INSERT INTO document_tag (document_id, tag_id)
SELECT n, tag FROM generate_series(1, %documents%) n,
  LATERAL (VALUES (1 + n % 60), (1 + (n * 7 + 13) % 60)) AS chosen (tag)
GROUP BY n, tag;

INSERT INTO cover (document_id, image)
SELECT id, lo_from_bytea(0, convert_to(
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="360"><title>' || title || '</title>'
    || (SELECT string_agg(format('<circle cx="%s" cy="%s" r="%s" fill="#%s"/>',
          (id * n * 37) % 240, (id * n * 53) % 360, 2 + (id * n) % 19, substr(md5((id * n)::text), 1, 6)), '')
        FROM generate_series(1, 200) n)
    || '</svg>', 'UTF8'))
FROM document WHERE id <= %covers%;

CREATE INDEX document_author ON document (author_id);
CREATE INDEX document_title ON document (lower(title));
CREATE INDEX document_published ON document (published);
CREATE INDEX document_tag_tag ON document_tag (tag_id);
CREATE INDEX attachment_document ON attachment (document_id);

CREATE MATERIALIZED VIEW author_activity AS
SELECT a.id, a.name, count(d.id) AS documents, max(d.published) AS latest
FROM author a LEFT JOIN document d ON d.author_id = a.id GROUP BY a.id;
CREATE UNIQUE INDEX author_activity_id ON author_activity (id);

-- only a view's owner may refresh it; the application asks through this
CREATE FUNCTION refresh_author_activity() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  REFRESH MATERIALIZED VIEW CONCURRENTLY author_activity;
  RETURN (SELECT count(*) FROM author_activity);
END $$;

GRANT USAGE ON SCHEMA public TO library_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO library_app;
REVOKE EXECUTE ON FUNCTION refresh_author_activity() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_author_activity() TO library_app;
DO $$
DECLARE picture oid;
BEGIN
  FOR picture IN SELECT image FROM cover LOOP
    EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO library_app', picture);
  END LOOP;
END $$;
