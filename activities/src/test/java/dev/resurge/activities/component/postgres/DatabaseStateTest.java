package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.component.postgres.DatabaseAcl.Grant;
import dev.resurge.activities.component.postgres.DatabaseState.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
  private static final String DB = "\"db\"";

  @Test
  void aListOfNamesIsWrittenNameByName() {
    assertThat(setting("search_path", "\"$user\", \"Odd, \"\"schema\"\"\", public").statement(DB))
        .isEqualTo(
            "ALTER DATABASE \"db\" SET \"search_path\" TO '$user', 'Odd, \"schema\"', 'public'");
    assertThat(setting("search_path", "\"\"").statement(DB))
        .isEqualTo("ALTER DATABASE \"db\" SET \"search_path\" TO ''");
    assertThat(setting("search_path", "").statement(DB))
        .isEqualTo("ALTER DATABASE \"db\" SET \"search_path\" TO ''");
  }

  @Test
  void aValueIsQuotedWhateverIsInIt() {
    assertThat(setting("app.custom", "it's \\ ours").statement(DB))
        .isEqualTo("ALTER DATABASE \"db\" SET \"app\".\"custom\" TO E'it''s \\\\ ours'");
  }

  @Test
  void aRolesSettingIsTheRoles() {
    assertThat(new Setting(Optional.of("a\"b"), "work_mem", "7MB").statement(DB))
        .isEqualTo("ALTER ROLE \"a\"\"b\" IN DATABASE \"db\" SET \"work_mem\" TO '7MB'");
  }

  @Test
  void whatOthersGrantedIsGrantedOnTheirBehalfAfterTheyCan() {
    var acl =
        new DatabaseAcl(
            List.of(
                new Grant("a", "z", "CREATE", false),
                new Grant("z", "owner", "CREATE", true),
                new Grant("", "owner", "CONNECT", false)));

    assertThat(acl.replacing(DB, "owner", Set.of("old")))
        .containsExactly(
            "REVOKE ALL ON DATABASE \"db\" FROM PUBLIC CASCADE",
            "REVOKE ALL ON DATABASE \"db\" FROM \"owner\" CASCADE",
            "REVOKE ALL ON DATABASE \"db\" FROM \"old\" CASCADE",
            "GRANT CONNECT ON DATABASE \"db\" TO PUBLIC",
            "GRANT CREATE ON DATABASE \"db\" TO \"z\" WITH GRANT OPTION",
            "SET ROLE \"z\"",
            "GRANT CREATE ON DATABASE \"db\" TO \"a\"",
            "RESET ROLE");
  }

  @Test
  void everyDifferenceIsNamed() {
    var one = state(setting("work_mem", "7MB"), 5);
    var other = state(setting("work_mem", "9MB"), -1);

    assertThat(one.differences(other))
        .containsExactlyInAnyOrder(
            "connection limit: expected 5, found -1",
            "setting work_mem = 7MB: missing",
            "setting work_mem = 9MB: not expected");
    assertThat(one.differences(one)).isEmpty();
  }

  private static DatabaseState state(Setting setting, int limit) {
    return new DatabaseState(
        "owner",
        new DatabaseAcl(List.of()),
        List.of(setting),
        limit,
        false,
        Optional.empty(),
        List.of());
  }

  private static Setting setting(String name, String value) {
    return new Setting(Optional.empty(), name, value);
  }
}
