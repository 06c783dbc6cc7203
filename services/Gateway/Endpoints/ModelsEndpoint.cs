using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal sealed class ModelsEndpoint(ModelHost host)
{
    /// <summary>The route value that holds an id; ids may have slashes.</summary>
    public const string IdRoute = "{**id}";

    public async Task ListAsync(HttpContext context)
    {
        ServedModel model = host.Require(null);
        await using Utf8JsonWriter json = Begin(context.Response);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        Write(json, model);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public async Task GetAsync(HttpContext context)
    {
        ServedModel model = host.Require(context.Request.RouteValues["id"] as string);
        await using Utf8JsonWriter json = Begin(context.Response);
        Write(json, model);
    }

    private static Utf8JsonWriter Begin(HttpResponse response)
    {
        response.ContentType = "application/json";
        return new(response.BodyWriter, JsonText.Options);
    }

    private static void Write(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Id);
        json.WriteString("object", "model");
        json.WriteNumber("created", model.Created.ToUnixTimeSeconds());
        json.WriteString("owned_by", "daprmoe");
        // vLLM's name for it; clients size their conversations by it.
        json.WriteNumber("max_model_len", model.Engine.Info.ContextLength);
        json.WriteEndObject();
    }
}
