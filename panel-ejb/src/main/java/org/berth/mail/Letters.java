package org.berth.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.berth.accounts.AccountState;
import org.berth.accounts.AccountView;
import org.berth.accounts.Accounts;
import org.berth.platform.HostIdentity;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;
import org.berth.security.Actor;

/**
 * Writes mails, each in its reader's language: what the account with that address has chosen, else what was chosen for mail.
 */
@ApplicationScoped
class Letters {

    private static final String BUNDLE = "org.berth.mail.letters";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** A mail names no more alarms one by one under each head. */
    private static final int NAMED = 30;

    @Inject
    private Accounts accounts;

    @Inject
    private HostIdentity host;

    /** A test to each recipient of alarms. */
    List<Letter> test(MailServer server) {
        return server.recipients().stream()
                .map(recipient -> {
                    var language = language(server, accounts.byEmail(Actor.SYSTEM, recipient));
                    return new Letter(
                            recipient,
                            language,
                            text(language, "test.subject", host.name()),
                            text(language, "test.body", host.name()) + "\n\n" + text(language, "panel", host.address())
                                    + "\n");
                })
                .toList();
    }

    /** One to each whom something concerns: recipients of alarms all that was chosen, owners what is about their sites. */
    List<Letter> alarms(MailServer server, News news) {
        var chosen = news.of(alarm -> server.alarms().contains(alarm.kind()));
        var letters = new ArrayList<Letter>();
        for (var recipient : server.recipients()) {
            var language = language(server, accounts.byEmail(Actor.SYSTEM, recipient));
            add(letters, chosen, recipient, language, "why.administrator");
        }
        for (var login : owners(chosen)) {
            owner(login)
                    .filter(owner -> owner.state() == AccountState.ACTIVE)
                    .filter(owner ->
                            server.recipients().stream().noneMatch(owner.email().orElse("")::equalsIgnoreCase))
                    .ifPresent(owner -> owner.email()
                            .ifPresent(email -> add(
                                    letters,
                                    chosen.of(concerns(login)),
                                    email,
                                    language(server, Optional.of(owner)),
                                    "why.owner")));
        }
        return letters;
    }

    private static Predicate<Alarm> concerns(String login) {
        return alarm -> alarm.owner().filter(login::equals).isPresent();
    }

    private static TreeSet<String> owners(News news) {
        var owners = new TreeSet<String>();
        Stream.of(news.begun(), news.lasting(), news.over())
                .flatMap(List::stream)
                .forEach(alarm -> alarm.owner().ifPresent(owners::add));
        return owners;
    }

    private Optional<AccountView> owner(String login) {
        try {
            return Optional.of(accounts.find(Actor.SYSTEM, login));
        } catch (NotFound gone) {
            return Optional.empty();
        }
    }

    private static String language(MailServer server, Optional<AccountView> reader) {
        return reader.map(account -> account.preferences().language())
                .filter(language -> !language.isEmpty())
                .orElse(server.language());
    }

    private void add(List<Letter> letters, News news, String recipient, String language, String why) {
        if (!news.isEmpty()) {
            letters.add(new Letter(recipient, language, subject(news, language), body(news, language, why)));
        }
    }

    private String subject(News news, String language) {
        if (!news.begun().isEmpty()) {
            return subject(news.begun(), language, "subject.new");
        }
        return news.over().isEmpty()
                ? text(language, "subject.still", host.name(), news.lasting().size())
                : subject(news.over(), language, "subject.over");
    }

    private String subject(List<Alarm> alarms, String language, String key) {
        return alarms.size() == 1
                ? text(
                        language,
                        key + ".one",
                        host.name(),
                        sentences(alarms.get(0).problem(), language).what())
                : text(language, key, host.name(), alarms.size());
    }

    private String body(News news, String language, String why) {
        return section(news.begun(), language, "new")
                + section(news.lasting(), language, "still")
                + section(news.over(), language, "over")
                + text(language, "panel", host.address()) + "\n\n"
                + text(language, why, host.name()) + "\n";
    }

    private static String section(List<Alarm> alarms, String language, String head) {
        if (alarms.isEmpty()) {
            return "";
        }
        var said = new StringBuilder(text(language, head)).append("\n\n");
        alarms.stream()
                .limit(NAMED)
                .forEach(alarm -> said.append(
                        head.equals("over")
                                ? "* " + sentences(alarm.problem(), language).what() + "\n\n"
                                : whole(alarm, language)));
        if (alarms.size() > NAMED) {
            said.append(text(language, "more", alarms.size() - NAMED)).append("\n\n");
        }
        return said.toString();
    }

    private static String whole(Alarm alarm, String language) {
        var said = sentences(alarm.problem(), language);
        var cause = alarm.cause()
                .map(problem -> sentences(problem, language))
                .map(reason -> "  " + reason.what() + " " + reason.why() + "\n  " + reason.todo() + "\n")
                .orElse("");
        return "* " + said.what() + "\n  " + said.why() + "\n  " + said.todo() + "\n" + cause + "\n";
    }

    private static ProblemText sentences(Problem problem, String language) {
        return ProblemText.of(problem, Locale.forLanguageTag(language));
    }

    private static String text(String language, String key, Object... values) {
        var locale = Locale.forLanguageTag(language);
        return new MessageFormat(
                        ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK).getString(key), locale)
                .format(values);
    }
}
