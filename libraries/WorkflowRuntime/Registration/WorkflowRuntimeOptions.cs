using Grpc.Net.Client;

namespace Dapr.Workflow;

/// <summary>Which workflows and activities an app runs, and how it reaches its sidecar.</summary>
public sealed class WorkflowRuntimeOptions
{
    private readonly List<Action<IWorkflowsFactory>> _registrations = [];

    /// <summary>How the sidecar is reached; null: by the defaults, which <see cref="UseGrpcChannelOptions"/> replaces.</summary>
    public GrpcChannelOptions? GrpcChannelOptions { get; private set; }

    /// <summary>Replaces the defaults of the channel to the sidecar.</summary>
    public void UseGrpcChannelOptions(GrpcChannelOptions grpcChannelOptions)
    {
        ArgumentNullException.ThrowIfNull(grpcChannelOptions);
        GrpcChannelOptions = grpcChannelOptions;
    }

    /// <summary>Registers a workflow class.</summary>
    /// <typeparam name="TWorkflow">The class.</typeparam>
    /// <param name="name">Its name; null: that of the class.</param>
    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow =>
        _registrations.Add(factory => factory.RegisterWorkflow<TWorkflow>(name));

    /// <summary>Registers an activity class.</summary>
    /// <typeparam name="TActivity">The class.</typeparam>
    /// <param name="name">Its name; null: that of the class.</param>
    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity =>
        _registrations.Add(factory => factory.RegisterActivity<TActivity>(name));

    /// <summary>Hands all registrations to a runner.</summary>
    public void ApplyRegistrations(IWorkflowsFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        foreach (Action<IWorkflowsFactory> register in _registrations)
        {
            register(factory);
        }
    }
}
