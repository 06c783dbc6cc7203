using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Embedded;

/// <summary>Runs activities, so many at once, each in a scope of its own and for so long.</summary>
internal sealed class ActivityRunner(
    WorkflowClasses classes, IServiceScopeFactory scopes, InProcessWorkflowOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.MaxActivities);

    /// <summary>Runs an activity to its end, or to its deadline; then it may run on, and keeps its place until it ends.</summary>
    /// <returns>Its output, as JSON.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<string?> RunAsync(string instanceId, string name, string? input, CancellationToken stop)
    {
        using CancellationTokenSource deadline = new(options.ActivityTimeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await _places.WaitAsync(both.Token).ConfigureAwait(false);
            return await InPlaceAsync(instanceId, name, input).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"Activity '{name}' of run '{instanceId}' did not end within {options.ActivityTimeout}.");
        }
    }

    /// <summary>Waits until no activity runs.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; i < options.MaxActivities; i++)
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<string?> InPlaceAsync(string instanceId, string name, string? input)
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            IWorkflowActivity activity = classes.CreateActivity(name, scope.ServiceProvider);
            object? value = WorkflowJson.Read(input, activity.InputType);
            return WorkflowJson.Write(await activity.RunAsync(new ActivityCall(instanceId), value).ConfigureAwait(false));
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed class ActivityCall(string instanceId) : WorkflowActivityContext
    {
        public override string InstanceId => instanceId;
    }
}
