using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatCompletionsEndpoint(ModelHost host, Answerer answerer, TimeProvider clock)
{
    public async Task AnswerAsync(HttpContext context)
    {
        long arrived = clock.GetTimestamp();
        ChatRequest request = await ReadAsync(context);
        ServedModel model = host.Require(request.Model);
        int[] prompt = ChatPrompt.Encode(model, request.Messages);
        await answerer.AnswerAsync(context, new(arrived, model, request, [prompt], ChatFormat.Instance));
    }

    private static async Task<ChatRequest> ReadAsync(HttpContext context)
    {
        using JsonDocument body = await RequestBody.ReadAsync(context);
        return ChatParameters.Read(body.RootElement);
    }
}
