using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary><c>POST /tokenize</c> and <c>POST /detokenize</c>, in vLLM's shapes.</summary>
internal sealed class TokenizeEndpoint(ModelHost host, RequestBodies bodies)
{
    public async Task TokenizeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using RequestBody body = await bodies.ReadAsync(context, cancellationToken);
        TokenizeRequest request = TokenizeParameters.Read(body.Root);
        ServedModel model = host.Require(request.Model);
        int[] ids = request.Prompt is { } text
            ? PromptText.Encode(model, "prompt", text, request.AddSpecialTokens, cancellationToken)
            : ChatPrompt.Encode(model, request.Messages, cancellationToken);
        WriteTokens(context.Response, ids, model.Engine.Info.ContextLength);
    }

    public async Task DetokenizeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using RequestBody body = await bodies.ReadAsync(context, cancellationToken);
        DetokenizeRequest request = DetokenizeParameters.Read(body.Root);
        ServedModel model = host.Require(request.Model);
        string text = model.Tokenizer.Decode(TokenIds.Check("tokens", request.Tokens!, model));
        context.Response.ContentType = "application/json";
        using Utf8JsonWriter json = new(context.Response.BodyWriter, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("prompt", text);
        json.WriteEndObject();
    }

    private static void WriteTokens(HttpResponse response, int[] ids, int contextLength)
    {
        response.ContentType = "application/json";
        using Utf8JsonWriter json = new(response.BodyWriter, JsonText.Options);
        json.WriteStartObject();
        json.WriteNumber("count", ids.Length);
        json.WriteNumber("max_model_len", contextLength);
        json.WriteStartArray("tokens");
        foreach (int id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
