using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary><c>GET /v1/experts</c>.</summary>
internal sealed class ExpertsEndpoint(ModelHost host)
{
    public async Task ListAsync(HttpContext context)
    {
        ExpertInventory inventory = await host.Require(null).Experts.ReadAsync(context.RequestAborted);
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(
            context.Response.BodyWriter, inventory, ExpertJson.Default.ExpertInventory, context.RequestAborted);
    }
}
