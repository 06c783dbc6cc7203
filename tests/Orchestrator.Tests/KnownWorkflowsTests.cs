using Dapr.Workflow;
using DaprMoE.Ports;
using DaprMoE.Workflows;

namespace DaprMoE.Orchestrator.Tests;

public sealed class KnownWorkflowsTests
{
    [Fact]
    public void Contains_RegisteredWorkflows_AreKnownAndActivitiesAreNot()
    {
        WorkflowRuntimeOptions registrations = new();
        WorkflowRegistrations.Register(registrations);
        KnownWorkflows known = new(registrations);
        Assert.True(known.Contains(WorkflowNames.PlanRollout));
        Assert.False(known.Contains("WarmDevice"));
        Assert.False(known.Contains(null));
        Assert.Contains(WorkflowNames.PlanRollout, known.ToString(), StringComparison.Ordinal);
    }
}
