package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.accounts.AccountView;
import org.berth.security.Role;
import org.berth.web.frame.Notices.Notice;
import org.berth.web.security.CurrentActor;
import org.omnifaces.util.Faces;

/** What the frame around a page needs to know: who looks at it, which look they chose, where they are. */
@Named
@RequestScoped
public class Frame {

    private static final List<String> THEMES = List.of("light", "dark", "system");

    private static final int YEAR = 365 * 24 * 3600;

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Notices notices;

    @Inject
    private Wrongs wrongs;

    private List<Notice> taken;
    private String icons;

    /** {@code light} or {@code dark}, or null to follow the system: then the page says nothing about it. */
    public String getTheme() {
        var theme = getThemeChoice();
        return theme.equals("system") ? null : theme;
    }

    /** The choice itself; the browser's memory counts before login and is newer than the account's after a click. */
    public String getThemeChoice() {
        var remembered = cookie("berth-theme").filter(THEMES::contains);
        return remembered
                .or(() -> current.account().map(account -> account.preferences().theme()))
                .orElse("system");
    }

    /** Lets the browser remember the theme, so that it is right before login, too. */
    public void remember(String theme) {
        Faces.addResponseCookie("berth-theme", theme, "/", YEAR);
    }

    public Locale getLocale() {
        return current.locale();
    }

    public String getLanguage() {
        return current.locale().getLanguage();
    }

    /** Class of the whole page: whether the sidebar shows icons only. */
    public String getStyle() {
        return isCollapsed() ? "nav-collapsed" : null;
    }

    public boolean isCollapsed() {
        return cookie("berth-nav").filter("collapsed"::equals).isPresent();
    }

    public boolean isAdministrator() {
        return current.actor().isAdministrator();
    }

    public String getLogin() {
        return current.actor().name();
    }

    public String getName() {
        return current.account()
                .map(AccountView::displayName)
                .filter(name -> !name.isBlank())
                .orElseGet(this::getLogin);
    }

    public String getInitials() {
        return Stream.of(getName().strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(2)
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining());
    }

    public Role getRole() {
        return current.actor().role();
    }

    /** Address of the icons. */
    public String getIcons() {
        if (icons == null) {
            icons = Faces.evaluateExpressionGet("#{resource['berth:icons.svg']}");
        }
        return icons;
    }

    /** What is told once; a page asks several times. */
    public List<Notice> getNotices() {
        if (taken == null) {
            taken = notices.take();
        }
        return taken;
    }

    /** Ids of the texts that describe an input, null when there is none. */
    public String describedBy(String id, String hint) {
        var ids = new StringJoiner(" ").setEmptyValue("");
        if (hint != null && !hint.isEmpty()) {
            ids.add(id + "-hint");
        }
        if (wrongs.has(id)) {
            ids.add(id + "-wrong");
        }
        return ids.length() == 0 ? null : ids.toString();
    }

    /** Classes that hide the columns which the person does not want to see in a list. */
    public String hidden(String list) {
        return hiddenColumns(list).map(name -> "hide-" + name).collect(Collectors.joining(" "));
    }

    /** Whether a column is shown. */
    public boolean shows(String list, String column) {
        return hiddenColumns(list).noneMatch(column::equals);
    }

    private Stream<String> hiddenColumns(String list) {
        return cookie("berth-columns-" + list).stream()
                .flatMap(text -> Stream.of(text.split("\\.")))
                .filter(name -> name.matches("[a-z]{1,20}"));
    }

    private Optional<String> cookie(String name) {
        return Stream.of(Optional.ofNullable(request.getCookies()).orElseGet(() -> new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }
}
