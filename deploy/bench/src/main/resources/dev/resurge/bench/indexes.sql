-- Made after the rows are there, as after an import; with memory that restores do not get.
SET maintenance_work_mem = '1GB';
CREATE INDEX document_author ON document (author_id);
CREATE INDEX document_title ON document (lower(title));
CREATE INDEX document_published ON document (published);
CREATE INDEX document_metadata ON document USING gin (metadata jsonb_path_ops);
CREATE INDEX document_words ON document USING gin (to_tsvector('simple', title || ' ' || summary));
CREATE INDEX loan_document ON loan (document_id);
CREATE INDEX loan_reader ON loan (reader, lent);
CREATE INDEX loan_lent ON loan (lent);
CREATE INDEX loan_detail ON loan USING gin (detail jsonb_path_ops);
CREATE INDEX annotation_document ON annotation (document_id);
CREATE INDEX annotation_reader ON annotation (reader, document_id);
CREATE INDEX annotation_words ON annotation USING gin (to_tsvector('simple', body));
