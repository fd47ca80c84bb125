-- Numbers that may stand on several rows of tonight's register: all that new or gone rows bear, those of rows that were, last night,
-- one of several of a person or of a number, and those that were stopgaps. One row of: number.
-- From: identity.new_register_row, gone_register_row, kept_register (in which rows that stand are as last night left them),
-- last_night.stopgap.
WITH open_row AS (
    SELECT number_no, former_number_no FROM identity.new_register_row
    UNION ALL
    SELECT number_no, former_number_no FROM identity.gone_register_row
    UNION ALL
    SELECT number_no, former_number_no FROM identity.kept_register WHERE NOT alone OR doubtful
)
SELECT number_no FROM open_row WHERE number_no IS NOT NULL
UNION
SELECT former_number_no FROM open_row WHERE former_number_no IS NOT NULL
UNION
SELECT number_no FROM last_night.stopgap
