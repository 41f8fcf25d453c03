package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each page costs over the wire, compressed and with its headers, and whether it stands still while it loads. */
@DisplayName("Each page")
class PageWeightIT {

    private static final int MOST_BYTES = 300_000;
    private static final int MOST_REQUESTS = 20;
    private static final int MOST_BYTES_LATER = 40_000;
    private static final double MOST_SHIFT = 0.001;
    private static final int TIMES_SLOWER = 4;

    private static final String WATCH_SHIFTS = """
            window.shifted = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
              .observe({ type: "layout-shift", buffered: true });
            """;

    private static String site;
    private static int job;

    @BeforeAll
    static void thereIsSomethingToShow() {
        site = Fresh.siteName("weight");
        var rest = People.administrator().rest();
        rest.createSite(site, "PHP");
        job = rest.get("/jobs?limit=1").items().getJsonObject(0).getInt("id");
    }

    @ParameterizedTest(name = "{0} px")
    @ValueSource(ints = {1440, 390})
    void isLightAtTheFirstVisitLighterAtTheNextAndStandsStill(int width) {
        var look = new Panel.Look(width, 900, ColorScheme.LIGHT, "de-DE");
        var visits = new ArrayList<Visit>();
        try (var panel = new Panel(look)) {
            visits.addAll(visits(panel, List.of("/login")));
            panel.login(People.administrator());
            visits.addAll(visits(panel, PagesIT.pages(site, job)));
            assertThat(panel.strangers()).isEmpty();
        }
        assertThat(visits).allSatisfy(visit -> {
            assertThat(visit.requests()).as(visit.toString()).isPositive();
            assertThat(visit.requests()).as(visit.toString()).isLessThanOrEqualTo(MOST_REQUESTS);
            assertThat(visit.bytes()).as(visit.toString()).isBetween(1, visit.first() ? MOST_BYTES : MOST_BYTES_LATER);
            assertThat(visit.shift()).as(visit.toString()).isLessThanOrEqualTo(MOST_SHIFT);
        });
    }

    /** Twice each: as somebody who was never here, and again. */
    private static List<Visit> visits(Panel panel, List<String> paths) {
        var visits = new ArrayList<Visit>();
        var counter = new Counter();
        var tools = panel.tools();
        panel.page().addInitScript(WATCH_SHIFTS);
        tools.send("Network.enable");
        tools.send("Emulation.setCPUThrottlingRate", slow());
        tools.on("Network.responseReceived", counter::answered);
        tools.on("Network.loadingFinished", counter::loaded);
        for (var path : paths) {
            tools.send("Network.clearBrowserCache");
            for (var first : List.of(true, false)) {
                // Without this the browser keeps in memory what the last page had.
                panel.open("about:blank");
                counter.reset();
                panel.open(path);
                panel.heading().first().waitFor();
                var shift = ((Number) panel.page().evaluate("window.shifted")).doubleValue();
                visits.add(new Visit(path, first, counter.requests, counter.bytes, shift));
            }
        }
        tools.detach();
        return visits;
    }

    /** A browser on a slow phone shows a page in pieces sooner than one on a desk. */
    private static JsonObject slow() {
        var slow = new JsonObject();
        slow.addProperty("rate", TIMES_SLOWER);
        return slow;
    }

    /** One look at a page. */
    private record Visit(String path, boolean first, int requests, int bytes, double shift) {}

    /** Counts what came over the network. */
    private static class Counter {

        private int requests;
        private int bytes;

        void reset() {
            requests = 0;
            bytes = 0;
        }

        void answered(JsonObject event) {
            if (!event.getAsJsonObject("response").get("fromDiskCache").getAsBoolean()) {
                requests++;
            }
        }

        void loaded(JsonObject event) {
            bytes += event.get("encodedDataLength").getAsInt();
        }
    }
}
