"""Evidence beyond the pair of fields: the roll, the household, the lunar calendar, parts of an address."""

from identity_nights import MakeNight, number, resident
from test_learning import damaged, town

ELDER = resident("李国强", "19400312", 317, household_no="E", phone="13511112222")
GRANDCHILD = resident("李国强", "20010506", 311, household_no="G")


def test_an_allowance_of_the_old_is_not_a_young_namesakes(learning_night: MakeNight) -> None:
    people = town()
    old = [person for person in people if str(person["birth_date"]) < "1946"]
    paid = [
        {"programme": "age_allowance", "name": person["name"], "id_number": person["id_number"]}
        for person in old
    ]
    n = learning_night(
        household_register=[ELDER, GRANDCHILD, *people],
        visit_log=damaged(people),
        benefit_roll=[*paid, {"programme": "age_allowance", "name": "李国强"}],
    )
    assert n.link("benefit_roll", len(paid) + 1) == (n.person(1), "review")
    assert (
        n.one(
            "SELECT score FROM identity.link WHERE extract = 'benefit_roll' AND row_number = ?", len(paid) + 1
        )
        > 0.8
    )


def test_a_sons_phone_shows_which_namesake_is_meant(night: MakeNight) -> None:
    son = resident("李明", "19700101", 315, household_no="E", phone="13633334444")
    other = resident("李国强", "19500708", 313, household_no="O")
    n = night(
        household_register=[ELDER, son, other, *town(60)],
        visit_log=[{"name": "李国强", "phone": "13633334444"}],
    )
    assert n.link("visit_log")[0] == n.person(1)
    level = n.one("SELECT phone_level FROM identity.score WHERE person_key = ?", n.person(1))
    assert level == "of the household"


def test_the_lunar_date_of_the_same_day_is_almost_the_date(night: MakeNight) -> None:
    # 1940-03-12 is the fourth day of the second month.
    n = night(
        household_register=[ELDER, *town(60)],
        care_survey=[
            {"name": "李国强", "birth_date": "1940-02-04", "id_number": "3.40102E+17"},
            {"name": "李国强", "birth_date": "1940-02-09", "id_number": "3.40102E+17"},
        ],
    )
    levels = dict(
        n.con.execute(
            "SELECT u.row_number, s.birth_level"
            " FROM identity.score s JOIN identity.source_row u USING (row_key)"
            " WHERE s.person_key = ?",
            [n.person(1)],
        ).fetchall()
    )
    assert levels == {1: "lunar", 2: "about a lunar month"}
    assert n.link("care_survey", 1) == (n.person(1), "strong")


def test_an_address_without_its_door_agrees_in_part(night: MakeNight) -> None:
    there = resident(
        "吴辉福", "19460703", 649, registered_address="青山镇柳村12号3栋201室", residence_address=None
    )
    n = night(
        household_register=[there, *town(60)],
        visit_log=[
            {"name": "吴辉福", "address": "青山镇柳村12号"},
            {"name": "吴辉福", "address": "青山镇柳村9号"},
            {"name": "吴辉福", "address": "红旗镇东村9号"},
        ],
    )
    levels = n.con.execute(
        "SELECT s.address_level FROM identity.score s JOIN identity.source_row u USING (row_key)"
        " WHERE s.person_key = ? ORDER BY u.row_number",
        [n.person(1)],
    ).fetchall()
    assert [level for (level,) in levels] == ["in part", "same street", "differs"]


def test_the_quality_of_a_night_is_measured_without_the_truth(night: MakeNight) -> None:
    people = town(60)
    numbered = [{"name": p["name"], "id_number": p["id_number"]} for p in people]
    n = night(
        household_register=people,
        visit_log=[*numbered, {"name": "李国强"}, {"name": "王某某", "id_number": number("19500101", 555)}],
    )
    quality = dict(
        n.con.execute(
            "SELECT grade, value FROM identity.quality WHERE measure = 'links' AND extract = 'visit_log'"
        ).fetchall()
    )
    assert quality == {"exact": 60.0, "new": 2.0}
    precision = n.one(
        "SELECT value FROM identity.quality WHERE measure = 'estimated precision'"
        " AND grade = 'automatic' AND extract IS NULL"
    )
    assert 0.999 < precision <= 1.0


def test_rows_with_one_number_and_name_lend_one_another_their_phone(night: MakeNight) -> None:
    unnumbered = resident("吴辉福", "19460703", 649, phone="13611112222") | {
        "id_number": None,
        "birth_date": None,
    }
    namesake = resident("吴辉福", "19800101", 651, household_no="O")
    said = {"name": "吴辉福", "id_number": number("19460703", 649)}
    n = night(
        household_register=[unnumbered, namesake, *town(60)],
        visit_log=[said | {"phone": "13611112222"}],
        health_management=[said, said | {"name": "郑明"}],
    )
    assert n.link("visit_log")[0] == n.person(1)
    assert n.link("health_management", 1) == n.link("visit_log")
    assert n.link("health_management", 2)[0] != n.person(1)


def test_a_divorce_is_likelier_that_of_the_namesake_who_is_married(learning_night: MakeNight) -> None:
    people = town(80)
    couples = [
        {
            "husband_name": man["name"],
            "husband_id_number": man["id_number"],
            "wife_name": woman["name"],
            "wife_id_number": woman["id_number"],
            "event_date": "2001-05-06",
        }
        for man, woman in zip(people[:40], people[40:], strict=True)
    ]
    husband = resident("李国强", "19740312", 317, household_no="H")
    single = resident("李国强", "19730506", 313, household_no="S")
    married = {
        "husband_name": husband["name"],
        "husband_id_number": husband["id_number"],
        "event_date": "2001-05-06",
    }
    events = [row | {"event": "1"} for row in (married, *couples)] + [
        row | {"event": "2"} for row in couples[:5]
    ]
    n = learning_night(
        household_register=[husband, single, *people, *town()[80:]],
        visit_log=damaged(town()[80:]),
        marriage_register=[
            *events,
            {"husband_name": "李国强", "event": "2", "event_date": "2004-01-02"},
            {"husband_name": "李国强", "event": "1", "event_date": "2004-01-02"},
        ],
    )
    weights = {
        (row, person): weight
        for row, person, weight in n.con.execute(
            "SELECT u.row_number, s.person_key, s.roll_weight FROM identity.score s"
            " JOIN identity.source_row u USING (row_key) WHERE u.extract = 'marriage_register'"
        ).fetchall()
    }
    divorce, marriage = len(events) + 1, len(events) + 2
    assert weights[divorce, n.person(1)] > weights[divorce, n.person(2)]
    assert weights[divorce, n.person(1)] > weights[marriage, n.person(1)]


def test_a_short_form_of_an_address_finds_the_damaged_name_that_lives_there(night: MakeNight) -> None:
    village = "河南省许昌市鄢陵县望田镇花园村"
    n = night(
        household_register=[
            resident("郭富恩", "19520507", 203, residence_address=f"{village}1组47号"),
            resident("郭桂恩", "19620507", 203, residence_address=f"{village}1组48号"),
            *town(30),
        ],
        ability_assessment=[
            {"name": "郭富思", "sex": "M", "address": "望田镇花园村1组47号"},
            {"name": "果富恩", "sex": "M", "address": "花园村1组47号"},
            {"name": "郭富思", "sex": "M", "address": "安陵镇花园村1组47号"},
        ],
    )
    assert n.link("ability_assessment", 1)[0] == n.person(1)
    assert n.link("ability_assessment", 2)[0] == n.person(1)
    assert n.link("ability_assessment", 3)[1] == "new"


def test_nobody_marries_as_a_child_nor_the_own_son(night: MakeNight) -> None:
    mother = resident("张慧琴", "19370321", 676, household_no="M")
    son = resident("梁元兴", "19621202", 569, household_no="M")
    husband = resident("梁元举", "19380527", 561, household_no="M")
    couple = {"husband_name": "梁兴", "wife_name": "张慧琴", "wife_id_number": mother["id_number"]}
    n = night(
        household_register=[mother, son, husband, *town(30)],
        marriage_register=[
            {**couple, "event": "1", "event_date": "1968-02-15"},
            {**couple, "event": "1", "event_date": "1988-02-15"},
            {**couple, "husband_name": "梁举", "event": "1", "event_date": "1968-02-15"},
            {**couple, "event": "1", "event_date": "1900-01-01"},
        ],
    )
    levels = dict(
        n.con.execute(
            "SELECT row_key % 10000000000 // 10, birth_level || ', ' || relation_level"
            " FROM identity.comparison WHERE person_key = $son AND row_key % 10 = 1",
            {"son": n.person(2)},
        ).fetchall()
    )
    assert levels[1] == "too young, a generation from the spouse"
    assert levels[2] == levels[4] == "missing, a generation from the spouse"
    assert n.link("marriage_register", 1, role="husband")[1] not in ("exact", "strong")
    assert n.link("marriage_register", 2, role="husband")[1] not in ("exact", "strong")
    assert n.link("marriage_register", 3, role="husband") == (n.person(3), "strong")


def test_a_name_on_another_row_of_the_person_is_lent(night: MakeNight) -> None:
    person = resident("徐树银", "19570812", 564, phone=None)
    n = night(
        household_register=[person, *town(60)],
        pension_roll=[{"name": "徐淑银", "id_number": person["id_number"], "phone": "13346998463"}],
        benefit_roll=[{"name": "徐淑?", "phone": "13346998463"}],
        health_management=[{"name": "徐淑银"}],
        visit_log=[{"name": "徐淑银", "id_number": number("19410812", 564)}],
    )
    assert n.link("pension_roll") == (n.person(1), "exact")
    assert n.link("benefit_roll") == (n.person(1), "strong")
    assert n.link("health_management") == (n.person(1), "review")
    assert n.link("visit_log")[1] == "new"


def test_a_name_with_an_unreadable_character_is_not_lent(night: MakeNight) -> None:
    person = resident("徐树银", "19570812", 564, phone=None)
    n = night(
        household_register=[person, *town(60)],
        pension_roll=[{"name": "徐?银", "id_number": person["id_number"]}],
        health_management=[{"name": "徐?银"}],
    )
    assert n.link("pension_roll")[0] == n.person(1)
    assert n.one("SELECT count(*) FROM identity.alternate_name") == 0
