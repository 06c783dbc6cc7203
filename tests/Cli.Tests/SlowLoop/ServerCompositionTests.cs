using DaprMoE.Autoscaler;
using DaprMoE.Gateway;
using DaprMoE.LoadPredictor;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprMoE.Cli.Tests;

/// <summary>What a server's container holds.</summary>
public sealed class ServerCompositionTests
{
    private static readonly Type[] Ports = [typeof(IStateStore), typeof(IEventBus), typeof(IExpertControl), typeof(IWorkflowStarter)];

    [Fact]
    public void OneMappedDevice_NothingOfTheLoopsIsRegistered()
    {
        IServiceCollection services = Compose(_ => { });
        Assert.DoesNotContain(services, service => Ports.Contains(service.ServiceType));
        string[] foreign = ["DaprMoE.Autoscaler", "DaprMoE.LoadPredictor", "DaprMoE.Workflows", "DaprMoE.Embedded"];
        Assert.DoesNotContain(services.SelectMany(TypesOf), type => foreign.Contains(type.Assembly.GetName().Name));
        Assert.DoesNotContain(services.SelectMany(TypesOf), type => type.Namespace == "DaprMoE.Cli");
    }

    [Theory]
    [InlineData(2, null, null)]
    [InlineData(1, 8L << 20, null)]
    [InlineData(1, null, "127.0.0.1:7001")]
    public void SomethingToDecide_TheLoopIsRegisteredOnce(int devices, long? memory, string? hosts)
    {
        IServiceCollection services = Compose(options =>
        {
            options.Devices = devices;
            options.DeviceMemory = memory is { } bytes ? new ByteSize(bytes) : null;
            options.ExpertHosts = hosts;
        });
        Type[] all = [.. Ports, typeof(IPlanningBoxSource), typeof(IPlanRollout), typeof(ActivePolicy)];
        Assert.All(all, port => Assert.Single(services, service => service.ServiceType == port));
        Assert.Single(services, service => service.ServiceType == typeof(IConfigureOptions<LoadPredictorOptions>));
        Assert.Single(services, service => service.ServiceType == typeof(IPolicyFollower) && service.ImplementationType == typeof(PlanningPolicy));
    }

    [Fact]
    public void StateFile_NothingToKeepInIt_IsRefused()
    {
        CommandException refused = Assert.Throws<CommandException>(() => Compose(_ => { }, "state.db"));
        Assert.Contains("--devices", refused.Message, StringComparison.Ordinal);
    }

    private static IServiceCollection Compose(Action<GatewayOptions> configure, string? stateFile = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.AddServer(LocalModel.OpenAsync, configure, stateFile);
        return builder.Services;
    }

    private static IEnumerable<Type> TypesOf(ServiceDescriptor service)
    {
        Type? implementation = service.IsKeyedService ? null : service.ImplementationType ?? service.ImplementationInstance?.GetType();
        return implementation is null ? [service.ServiceType] : [service.ServiceType, implementation];
    }
}
