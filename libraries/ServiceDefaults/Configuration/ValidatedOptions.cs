using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults;

/// <summary>Options that are read from one section and checked as a whole when the host starts.</summary>
public static class ValidatedOptions
{
    /// <summary>
    /// Reads <typeparamref name="TOptions"/> from a section and checks it by its data annotations at the start. Values that are no
    /// value of the property's type, values out of range and keys that no property has are all reported at once
    /// (<see cref="OptionsValidationException.Failures"/>), each with key, value, what is allowed and where to set it.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="section">The section's name, e.g. <c>Gateway</c>.</param>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.TryAddSingleton(provider => new SectionReader<TOptions>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddSingleton<IConfigureOptions<TOptions>>(
            provider => new ConfigureOptions<TOptions>(provider.GetRequiredService<SectionReader<TOptions>>().Read));
        services.AddSingleton<IValidateOptions<TOptions>>(
            provider => new AnnotationValidator<TOptions>(section, provider.GetRequiredService<SectionReader<TOptions>>()));
        return services.AddOptions<TOptions>().ValidateOnStart();
    }

    /// <summary>
    /// Reads a section as it is now, for what is composed before there is a container. Faults are left to <see cref="AddValidatedOptions"/>.
    /// </summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="section">The section's name.</param>
    public static TOptions ReadSection<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        TOptions options = new();
        new SectionReader<TOptions>(configuration, section).Read(options);
        return options;
    }
}
