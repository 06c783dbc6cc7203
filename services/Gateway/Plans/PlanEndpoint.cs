using System.Text.Json;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary><c>GET /v1/plan</c>.</summary>
internal sealed class PlanEndpoint(ModelHost host, CurrentPlan view)
{
    public async Task GetAsync(HttpContext context)
    {
        ServedModel model = host.Require(null);
        PlanAnswer answer = view.Current is { } plan && model.Layout is { } layout
            ? PlanAnswer.Of(plan, layout.Layers)
            : PlanAnswer.Before(model.Loop?.Policy ?? PolicyNames.Static, [.. model.Experts.Devices().Select(device => device.Name)]);
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, PlanAnswerJson.Default.PlanAnswer, context.RequestAborted);
    }
}
