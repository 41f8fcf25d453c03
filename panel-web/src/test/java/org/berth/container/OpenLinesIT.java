package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.berth.fixture.Fresh;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nobody keeps so many answers open that others get none. */
@DisplayName("Of answers that stay open an account")
class OpenLinesIT extends WithinPanel {

    private static final int LISTENING = 40;
    private static final int FOLLOWED = 100;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    @Test
    void hasAsManyListeningPagesAsLeaveRoomToOthersTheNewestOnes() throws IOException {
        var open = new ArrayList<InputStream>();
        try {
            var others = opened(with(owner("bob")), "/live");
            open.add(others);
            var alice = with(owner("alice"));
            var oldest = opened(alice, "/live");
            open.add(oldest);
            for (var page = 0; page < LISTENING; page++) {
                open.add(opened(alice, "/live"));
            }
            assertTimeoutPreemptively(LONG_ENOUGH, oldest::readAllBytes);
            sweep("live-pages");
            var heard = new BufferedReader(new InputStreamReader(others, StandardCharsets.UTF_8));
            assertTimeoutPreemptively(
                    LONG_ENOUGH,
                    () -> assertThat(List.of(heard.readLine(), heard.readLine(), heard.readLine()))
                            .containsExactly("retry: 3000", "", ": here"));
        } finally {
            close(open);
        }
    }

    @Test
    void followsAsManyJobsAsLeaveRoomToOthers() throws IOException {
        var owner = owner("alice");
        var alice = with(owner);
        var open = new ArrayList<InputStream>();
        try (var held = Verbs.of(owner).hold("site-files-create")) {
            var job = sites.create(owner, SiteDraft.of(Fresh.siteName("followed"), SiteType.STATIC));
            held.reached();
            var events = "/api/v1/jobs/" + job.id() + "/events";
            for (var follower = 0; follower < FOLLOWED; follower++) {
                open.add(opened(alice, events));
            }
            var refused = alice.get(events);
            assertThat(refused.statusCode()).isEqualTo(TOO_MANY);
            assertThat(refused.body()).contains("job-followed-too-often");
            open.add(opened(with(administrator()), events));
        } finally {
            close(open);
        }
    }

    private static InputStream opened(Visitor visitor, String path) {
        var answer = visitor.open(path);
        assertThat(answer.statusCode()).isEqualTo(OK);
        return answer.body();
    }

    private static void close(Iterable<InputStream> open) throws IOException {
        for (var answer : open) {
            answer.close();
        }
    }
}
