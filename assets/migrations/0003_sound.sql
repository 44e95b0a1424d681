-- Callers are found by names that sound alike too: `sound` has the sounds of all words of the names. The index is made anew
-- from the customers once the migrations are through.
DROP TABLE caller;

CREATE VIRTUAL TABLE caller USING fts5 (
    name, reach, sound, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
