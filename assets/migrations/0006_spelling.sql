-- Callers are found under other spellings too: `ends` has the words of the names from their last letter to their first, so
-- that a word is found by its end as it is by its beginning, and `sound` has also the sounds of two words written as one.
-- The index is made anew from the customers once the migrations are through.
DROP TABLE caller;

CREATE VIRTUAL TABLE caller USING fts5 (
    name, reach, sound, ends, content = '', contentless_delete = 1, prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
