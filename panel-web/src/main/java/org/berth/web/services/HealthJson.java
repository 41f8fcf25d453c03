package org.berth.web.services;

import java.util.List;
import java.util.Locale;
import org.berth.services.HealthView;
import org.berth.web.jobs.ReasonJson;

/** The health of Berth as the API shows it. */
public record HealthJson(HealthView.Status state, List<ReasonJson> reasons) {

    static HealthJson of(HealthView health, Locale locale) {
        var reasons = health.reasons().stream()
                .map(problem -> ReasonJson.of(problem, locale))
                .toList();
        return new HealthJson(health.status(), reasons);
    }
}
