package io.roster.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * {@link AutoConfiguration Auto-configuration} of who may call a service. Stateless:
 * every request brings its credentials, which are checked once; what is dispatched again
 * of the same request, as an answer that was waited for, is the same caller's.
 */
@AutoConfiguration(after = OAuth2ResourceServerAutoConfiguration.class,
		before = { OAuth2ResourceServerWebSecurityAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class,
				ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(AccessProperties.class)
public final class AccessAutoConfiguration {

	/**
	 * A console and the API's description, in a browser: everything comes from this
	 * server, and nobody puts it into a page of his own. Styles are set by attributes in
	 * both; images may be in the styles.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

	@Bean
	SecurityContextRepository callersOfRequests() {
		return new RequestAttributeSecurityContextRepository();
	}

	@Bean
	Refusals refusals(JsonMapper json) {
		return new Refusals(json);
	}

	@Bean
	@ConditionalOnMissingBean
	AccessRules accessRules() {
		return AccessRules.lookOrOperate();
	}

	@Bean
	AccessMode accessMode(AccessProperties properties, ObjectProvider<JwtDecoder> decoder, ServerProperties server,
			ObjectProvider<ManagementServerProperties> otherPort) {
		ApiKeys keys = ApiKeys.of(properties.apiKeys());
		JwtDecoder tokens = decoder.getIfAvailable();
		if (keys.isEmpty() && tokens == null) {
			Exposure.requireLoopback(server, otherPort.getIfAvailable());
			return AccessMode.open();
		}
		return AccessMode.closed(new BearerAuthentication(keys,
				(tokens != null) ? new JwtCallers(tokens, properties.jwt().rolesClaim()) : null));
	}

	/**
	 * The request itself is observed. To observe each filter too, by default, costs as
	 * much as all that they do.
	 */
	@Bean
	@ConditionalOnMissingBean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	SecurityFilterChain accessFilterChain(HttpSecurity http, AccessMode mode, AccessRules rules, Refusals refusals,
			SecurityContextRepository callers) {
		AccessRules all = rules.open(EndpointRequest.to("health", "info"));
		http.authorizeHttpRequests((requests) -> requests
			// What was let in is answered, whoever asks by then.
			.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
			.permitAll()
			.anyRequest()
			.access(new RoleAuthorization(all)));
		http.addFilterBefore(authentication(mode, refusals, callers), AnonymousAuthenticationFilter.class);
		http.exceptionHandling((handling) -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
		http.securityContext((context) -> context.securityContextRepository(callers));
		// There are no sessions, and so nothing to manage.
		http.sessionManagement(AbstractHttpConfigurer::disable);
		http.headers((headers) -> headers
			.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)));
		// A browser sends no bearer token by itself, so that no other page can make it
		// send one.
		http.csrf(AbstractHttpConfigurer::disable);
		http.logout(AbstractHttpConfigurer::disable);
		http.requestCache(AbstractHttpConfigurer::disable);
		return http.build();
	}

	private static Filter authentication(AccessMode mode, Refusals refusals, SecurityContextRepository callers) {
		AuthenticationManager credentials = mode.credentials();
		if (credentials == null) {
			return new OpenAccessFilter(callers, refusals);
		}
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(credentials);
		filter.setSecurityContextRepository(callers);
		filter.setAuthenticationEntryPoint(refusals);
		filter.setAuthenticationFailureHandler(refusals::commence);
		return filter;
	}

	/**
	 * The names in paths are anything that ZooKeeper takes, percent-encoded; the API
	 * checks them. Rules and API match the same, undecoded path, segment by segment.
	 */
	@Bean
	StrictHttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowSemicolon(true);
		firewall.setAllowUrlEncodedSlash(true);
		firewall.setAllowUrlEncodedDoubleSlash(true);
		firewall.setAllowUrlEncodedPeriod(true);
		firewall.setAllowUrlEncodedPercent(true);
		firewall.setAllowBackSlash(true);
		return firewall;
	}

	@Bean
	FilterRegistrationBean<AuditFilter> auditFilter(SecurityContextRepository callers, AccessRules rules) {
		return ordered(new AuditFilter(callers, rules), SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
	}

	@Bean
	BodyLimitFilter bodyLimitFilter(AccessProperties properties, Refusals refusals) {
		return new BodyLimitFilter(properties.maxBodySize(), refusals);
	}

	// Behind the credentials: whoever has none is told nothing else.
	@Bean
	FilterRegistrationBean<BodyLimitFilter> bodyLimitFilterRegistration(BodyLimitFilter filter) {
		return ordered(filter, SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
	}

	private static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int order) {
		FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(order);
		return registration;
	}

}
