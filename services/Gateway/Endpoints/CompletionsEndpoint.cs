using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary><c>POST /v1/completions</c>.</summary>
internal sealed class CompletionsEndpoint(
    ModelHost host, RequestBodies bodies, Answerer answerer, TimeProvider clock, IOptions<GatewayOptions> options)
{
    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken) =>
        await answerer.AnswerAsync(context, await PrepareAsync(context, cancellationToken), cancellationToken);

    private async Task<PreparedRequest> PrepareAsync(HttpContext context, CancellationToken cancellationToken)
    {
        long arrived = clock.GetTimestamp();
        using RequestBody body = await bodies.ReadAsync(context, cancellationToken);
        CompletionRequest request = CompletionParameters.Read(body.Root);
        CheckCount(request.Prompts.Count);
        ServedModel model = host.Require(request.Model);
        int[][] prompts = [.. request.Prompts.Select(prompt => CompletionPrompt.Encode(model, prompt, cancellationToken))];
        return new(arrived, model, request, prompts, CompletionFormat.Instance);
    }

    private void CheckCount(int prompts)
    {
        int most = options.Value.PromptsPerRequest;
        if (prompts > most)
        {
            throw ApiErrors.InvalidValue(
                "prompt", $"an array of {prompts} prompts", $"up to {most} prompts (DAPRMOE__GATEWAY__PROMPTSPERREQUEST)");
        }
    }
}
