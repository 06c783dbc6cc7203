namespace DaprMoE.Gateway;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatCompletionsEndpoint(ModelHost host, RequestBodies bodies, Answerer answerer, TimeProvider clock)
{
    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken) =>
        await answerer.AnswerAsync(context, await PrepareAsync(context, cancellationToken), cancellationToken);

    private async Task<PreparedRequest> PrepareAsync(HttpContext context, CancellationToken cancellationToken)
    {
        long arrived = clock.GetTimestamp();
        using RequestBody body = await bodies.ReadAsync(context, cancellationToken);
        ChatRequest request = ChatParameters.Read(body.Root);
        ServedModel model = host.Require(request.Model);
        int[] prompt = ChatPrompt.Encode(model, request.Messages, cancellationToken);
        return new(arrived, model, request, [prompt], ChatFormat.Instance);
    }
}
