package org.berth.accounts;

import java.util.Optional;
import org.berth.security.Role;

/**
 * What shall change about an account; what is absent stays.
 *
 * @param email an empty text removes the address
 */
public record AccountChange(Optional<String> displayName, Optional<String> email, Optional<Role> role) {}
