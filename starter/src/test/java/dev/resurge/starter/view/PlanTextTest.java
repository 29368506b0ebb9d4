package dev.resurge.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.testing.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  @Test
  void saysFirstWhatIsLostByAgreeing() {
    assertThat(
            String.join(
                "\n",
                PlanText.lines(Samples.plan(), Optional.of(Samples.forecast()), 80, Style.PLAIN)))
        .isEqualTo(
            """
            Plan 7F2C-9A: restore library
              gives up    database: 4102 rows of public.document are newer than the set
                          files: 12 files are not in the set
              restores    set 20261121T020000Z-k3f9
              recovers to 2026-11-21 02:00:00Z, 1 h 15 min ago
              replaces    database (postgres): library, now 1.7 GB, by 1.6 GB; built and
                          verified beside the live data, then swapped in; the live data is
                          kept
              stops       app, for at most 1 min 0 s; then it goes back
              takes       staging and verifying 2 to 6 min, downtime up to 3 s, by 3
                          earlier runs
              checks      health, documents
              warnings    the set lies in clear
              approval    one approval; whoever asked may give it
              digest      sha256:cdcdcdcdcdcdcdc…\
            """);
  }

  @Test
  void printsTheEndWithVerdictAndTimesFirst() {
    var result = Samples.result(dev.resurge.workflows.model.Verdict.PASS);

    assertThat(String.join("\n", EndText.lines(result, 100, Style.PLAIN)))
        .isEqualTo(
            """
            ✓ pass  library is back to 20261121T020000Z-k3f9
              set         20261121T020000Z-k3f9
              measured    requested to healthy 1 min 22 s, downtime 1.5 s
              evidence    library/evidence/20261121T031500Z-restore-7f2c.html
              report      ./resurge report 20261121T031500Z-restore-7f2c --out report.html\
            """);
  }
}
