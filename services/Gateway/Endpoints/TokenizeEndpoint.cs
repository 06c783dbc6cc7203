using System.Text.Json;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary><c>POST /tokenize</c> and <c>POST /detokenize</c>, in vLLM's shapes.</summary>
internal sealed class TokenizeEndpoint(ModelHost host)
{
    public async Task TokenizeAsync(HttpContext context)
    {
        TokenizeRequest request;
        using (JsonDocument body = await RequestBody.ReadAsync(context))
        {
            request = TokenizeParameters.Read(body.RootElement);
        }

        ServedModel model = host.Require(request.Model);
        int[] ids = request.Prompt is { } text
            ? model.Tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = request.AddSpecialTokens })
            : ChatPrompt.Encode(model, request.Messages);
        WriteTokens(context.Response, ids, model.Engine.Info.ContextLength);
    }

    public async Task DetokenizeAsync(HttpContext context)
    {
        DetokenizeRequest request;
        using (JsonDocument body = await RequestBody.ReadAsync(context))
        {
            request = DetokenizeParameters.Read(body.RootElement);
        }

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
