package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteStateTest {

    @ParameterizedTest
    @CsvSource({
        "CREATING,ACTIVE", "CREATING,REMOVED", "ACTIVE,SUSPENDED", "ACTIVE,DELETED", "SUSPENDED,ACTIVE",
        "SUSPENDED,DELETED", "DELETED,ACTIVE", "DELETED,SUSPENDED", "DELETED,REMOVING", "REMOVING,REMOVED"
    })
    void lifeGoesThisWay(SiteState from, SiteState to) {
        assertThat(from.to(to)).isEqualTo(to);
    }

    @Test
    void noLifeAfterRemoval() {
        assertThat(Stream.of(SiteState.values())).noneMatch(SiteState.REMOVED::leadsTo);
        assertThat(Stream.of(SiteState.values()).filter(SiteState.REMOVING::leadsTo))
                .containsExactly(SiteState.REMOVED);
    }

    @Test
    void otherWaysAreRefusedWithBothStates() {
        assertThatThrownBy(() -> SiteState.ACTIVE.to(SiteState.REMOVING))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        refused -> assertThat(refused.problem().args()).containsExactly("active", "removing"));
    }
}
