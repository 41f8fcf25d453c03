package org.berth.web.platform;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.berth.platform.InvalidInput;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * Which rows of a list a request wants: {@code ?offset=0&limit=50&sort=-name&search=shop&state=ACTIVE}. A hyphen before
 * the column sorts downwards; every further parameter is a filter.
 */
public class PageQuery {

    private static final Set<String> OWN = Set.of("offset", "limit", "sort", "search");

    @Parameter(description = "Rows to skip")
    @QueryParam("offset")
    @DefaultValue("0")
    private String offset;

    @Parameter(description = "Rows wanted, 1 to 1000")
    @QueryParam("limit")
    @DefaultValue("50")
    private String limit;

    @Parameter(description = "Column to sort by; with a hyphen before it downwards")
    @QueryParam("sort")
    @DefaultValue("")
    private String sort;

    @Parameter(description = "Text to look for")
    @QueryParam("search")
    @DefaultValue("")
    private String search;

    @Context
    private UriInfo address;

    /** As the boundaries want it. */
    public PageRequest request() {
        var filters = address.getQueryParameters().entrySet().stream()
                .filter(Predicate.not(parameter -> OWN.contains(parameter.getKey())))
                .collect(Collectors.toMap(
                        java.util.Map.Entry::getKey,
                        parameter -> parameter.getValue().get(0)));
        var down = sort.startsWith("-");
        return new PageRequest(
                number("offset", offset),
                number("limit", limit),
                down ? sort.substring(1) : sort,
                !down,
                search,
                filters);
    }

    /** A whole number that an address names; what is none is refused as such. */
    public static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new InvalidInput(Problem.of("number-malformed", name, text).at(name));
        }
    }
}
