using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.ServiceDefaults;

/// <summary>Makes readiness checks of parts that know nothing of probes.</summary>
public static class ReadinessChecks
{
    /// <summary>Lets a part of the container take part in <c>/readyz</c>.</summary>
    /// <typeparam name="TPart">The part.</typeparam>
    /// <param name="services">Where to add.</param>
    /// <param name="fault">Reads what is wrong with it, as <see cref="IReadinessCheck.Fault"/> says it. Must not block.</param>
    public static IServiceCollection AddReadinessCheck<TPart>(this IServiceCollection services, Func<TPart, string?> fault)
        where TPart : notnull =>
        services.AddSingleton<IReadinessCheck>(provider => new PartCheck<TPart>(provider.GetRequiredService<TPart>(), fault));

    private sealed class PartCheck<TPart>(TPart part, Func<TPart, string?> fault) : IReadinessCheck
    {
        public string? Fault => fault(part);
    }
}
