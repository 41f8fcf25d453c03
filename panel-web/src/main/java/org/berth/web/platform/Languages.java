package org.berth.web.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The languages of the panel. */
public final class Languages {

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private Languages() {}

    /** The first language of the request that we speak, else English. */
    public static Locale of(HttpServletRequest request) {
        return Collections.list(request.getLocales()).stream()
                .filter(wanted -> SPOKEN.contains(language(wanted)))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /** A chosen language, in the variety that the browser asks for: dates differ between them. */
    public static Locale of(HttpServletRequest request, String language) {
        return Collections.list(request.getLocales()).stream()
                .filter(wanted -> wanted.getLanguage().equals(language))
                .findFirst()
                .orElseGet(() -> Locale.forLanguageTag(language));
    }

    private static Locale language(Locale locale) {
        return Locale.forLanguageTag(locale.getLanguage());
    }
}
