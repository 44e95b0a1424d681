-- Sounds know of letters that are written and not spoken. The index is made anew from the customers once the migrations
-- are through.
INSERT INTO caller (caller) VALUES ('delete-all');
