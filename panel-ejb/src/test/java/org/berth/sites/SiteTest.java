package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.junit.jupiter.api.Test;

class SiteTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Site site = new Site(
            new SiteNames(DomainName.of("example.com"), WwwChoice.NONE, List.of()),
            SiteType.PHP,
            1,
            1,
            Optional.of(PhpVersion.of("8.4")),
            NOW);

    @Test
    void deletedSiteIsKeptForThirtyDays() {
        site.created();
        site.deleted(NOW);

        assertThat(site.purgeAt()).contains(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void suspensionOutlastsDeletion() {
        site.created();
        site.suspended("unpaid", true);
        site.deleted(NOW);

        site.restored();

        assertThat(site.state()).isEqualTo(SiteState.SUSPENDED);
        assertThat(site.suspendReason()).contains("unpaid");
        assertThat(site.isSuspendedByAdministrator()).isTrue();
        assertThat(site.purgeAt()).isEmpty();
    }

    @Test
    void resumedSiteForgetsWhyItWasSuspended() {
        site.created();
        site.suspended("unpaid", true);

        site.resumed();

        assertThat(site.suspendReason()).isEmpty();
        assertThat(site.isSuspendedByAdministrator()).isFalse();
    }

    @Test
    void siteIsNotRemovedBeforeItIsDeleted() {
        site.created();

        assertThatThrownBy(site::removing).isInstanceOf(Conflict.class);
    }
}
