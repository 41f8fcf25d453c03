package org.berth.web.sites;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.sites.Hsts;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteType;
import org.berth.sites.TlsChange;
import org.berth.sites.WwwChoice;

/** What the API is asked about sites. */
public final class SiteBody {

    private SiteBody() {}

    /** A site to make. */
    public record NewSite(
            @NotNull String name,
            @NotNull String type,
            boolean database,
            Optional<String> owner,
            Optional<String> phpVersion,
            Optional<String> www,
            Optional<List<String>> aliases) {

        SiteDraft draft(Optional<String> idempotencyKey) {
            return new SiteDraft(
                    name,
                    SiteType.of(type),
                    database,
                    owner,
                    phpVersion,
                    www.map(SiteBody::choice),
                    aliases.orElse(List.of()),
                    idempotencyKey);
        }
    }

    /**
     * What shall change; a key that is missing stays as it is.
     *
     * @param hsts off, 5-minutes, 1-day, 1-year or preload
     * @param confirmed that what cannot be taken back, or may lock visitors out, is wanted all the same
     */
    public record Change(
            Optional<String> phpVersion,
            Optional<String> www,
            Optional<List<String>> aliases,
            Optional<Boolean> forceHttps,
            Optional<String> hsts,
            Optional<Boolean> http3,
            boolean confirmed) {

        SiteChange wanted() {
            return new SiteChange(
                    phpVersion,
                    www.map(SiteBody::choice),
                    aliases,
                    new TlsChange(forceHttps, hsts.map(Hsts::of), http3, confirmed));
        }
    }

    /** Why a site is suspended. */
    public record Suspension(String reason) {}

    /** Either spelling: {@code REDIRECT_TO_WWW} as answers have it, or {@code redirect-to-www} as people type it. */
    private static WwwChoice choice(String text) {
        return WwwChoice.of(text.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
