using DaprMoE.Scheduling;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>What a gateway has for policies. Where nothing is to be decided, nothing that decides is there.</summary>
internal static class PolicyModule
{
    /// <summary>Adds the endpoint and, where there is a choice, the policy in force and who follows it.</summary>
    /// <param name="builder">The process, with its settings.</param>
    /// <param name="configure">Settings from code.</param>
    public static void Add(WebApplicationBuilder builder, Action<GatewayOptions>? configure)
    {
        builder.Services.AddSingleton<AdminAccess>();
        builder.Services.AddSingleton<PolicyEndpoint>();
        if (Decides(builder.Configuration, configure))
        {
            builder.Services.AddSingleton<IPolicyFollower, LoopFollower>();
            builder.Services.AddSingleton<IPolicyFollower, BillFollower>();
            builder.Services.AddSingleton(provider => new ServedPolicy(
                provider.GetRequiredService<IOptions<GatewayOptions>>().Value.PolicyAtStart, provider.GetServices<IPolicyFollower>()));
        }
    }

    /// <summary>Whether these settings leave anything to decide.</summary>
    public static bool Decides(IConfiguration configuration, Action<GatewayOptions>? configure)
    {
        GatewayOptions options = configuration.ReadSection<GatewayOptions>(GatewayOptions.Section);
        configure?.Invoke(options);
        return options.HasChoice || options.Policy is not (null or PolicyNames.Static);
    }
}
