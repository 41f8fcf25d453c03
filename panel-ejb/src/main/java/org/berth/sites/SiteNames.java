package org.berth.sites;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * The names of one site and what each is for.
 *
 * @param name the site's own name
 * @param www what happens to its {@code www.} twin
 * @param aliases further names under which the same is served
 */
public record SiteNames(DomainName name, WwwChoice www, List<DomainName> aliases) {

    /** The web server looks through all of them at every start; nobody has needed more. */
    public static final int MOST_ALIASES = 50;

    public SiteNames {
        aliases = List.copyOf(aliases);
        if (www.takesWww() && name.isWww()) {
            throw new InvalidInput(Problem.of("www-of-www", name.unicode()).at("www"));
        }
        if (aliases.size() > MOST_ALIASES) {
            throw new InvalidInput(
                    Problem.of("aliases-too-many", aliases.size(), MOST_ALIASES).at("aliases"));
        }
        var seen = new ArrayList<>(own(name, www));
        for (var alias : aliases) {
            if (seen.contains(alias)) {
                throw new InvalidInput(
                        Problem.of("alias-twice", alias.unicode()).at("aliases"));
            }
            seen.add(alias);
        }
    }

    /** The names that a site answers to by what it holds; none when somebody changed the rows so that they tell nothing. */
    static Optional<SiteNames> stored(Site site, Collection<HostName> held) {
        try {
            var aliases = held.stream()
                    .filter(name -> name.kind() == NameKind.ALIAS)
                    .map(HostName::name)
                    .toList();
            var names = new SiteNames(new DomainName(site.storedName()), site.www(), aliases);
            var all = held.stream().map(HostName::stored).toList();
            return Optional.of(names)
                    .filter(found -> found.taken().keySet().stream()
                            .map(DomainName::ascii)
                            .allMatch(all::contains));
        } catch (InvalidInput none) {
            return Optional.empty();
        }
    }

    /** The names that a site has before any alias. */
    static List<DomainName> own(DomainName name, WwwChoice www) {
        return www.takesWww() ? List.of(name, name.www()) : List.of(name);
    }

    /** What suits a name best: one that is registered as such usually has a {@code www.} twin, one below it has not. */
    public static WwwChoice usualWww(DomainName name) {
        return name.isRegistrable() && !name.isWww() ? WwwChoice.REDIRECT_TO_BARE : WwwChoice.NONE;
    }

    /** Reads aliases as typed; a refusal names the alias. */
    public static List<DomainName> aliases(List<String> typed) {
        var aliases = new ArrayList<DomainName>();
        for (var index = 0; index < typed.size(); index++) {
            try {
                aliases.add(DomainName.of(typed.get(index)));
            } catch (InvalidInput refused) {
                throw new InvalidInput(refused.problem().at("aliases[" + index + "]"));
            }
        }
        return aliases;
    }

    /** The name that visitors end up with. */
    public DomainName canonical() {
        return www == WwwChoice.REDIRECT_TO_WWW ? name.www() : name;
    }

    /** Names under which the site is served, the canonical one first. */
    public List<DomainName> served() {
        var served = new ArrayList<>(List.of(canonical()));
        if (www == WwwChoice.SERVE_BOTH) {
            served.add(name.www());
        }
        served.addAll(aliases);
        return served;
    }

    /** Names that lead to the canonical one. */
    public List<DomainName> redirected() {
        return switch (www) {
            case REDIRECT_TO_BARE -> List.of(name.www());
            case REDIRECT_TO_WWW -> List.of(name);
            case SERVE_BOTH, NONE -> List.of();
        };
    }

    /** Every name that the site takes, with its kind. */
    public Map<DomainName, NameKind> taken() {
        var taken = new LinkedHashMap<DomainName, NameKind>();
        taken.put(name, NameKind.CANONICAL);
        if (www.takesWww()) {
            taken.put(name.www(), NameKind.WWW);
        }
        aliases.forEach(alias -> taken.put(alias, NameKind.ALIAS));
        return taken;
    }
}
