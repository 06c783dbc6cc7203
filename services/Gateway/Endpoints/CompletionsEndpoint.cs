using System.Text.Json;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary><c>POST /v1/completions</c>.</summary>
internal sealed class CompletionsEndpoint(ModelHost host, Answerer answerer, TimeProvider clock, IOptions<GatewayOptions> options)
{
    public async Task AnswerAsync(HttpContext context)
    {
        long arrived = clock.GetTimestamp();
        CompletionRequest request = await ReadAsync(context);
        CheckCount(request.Prompts.Count);
        ServedModel model = host.Require(request.Model);
        int[][] prompts = [.. request.Prompts.Select(prompt => CompletionPrompt.Encode(model, prompt))];
        await answerer.AnswerAsync(context, new(arrived, model, request, prompts, CompletionFormat.Instance));
    }

    private static async Task<CompletionRequest> ReadAsync(HttpContext context)
    {
        using JsonDocument body = await RequestBody.ReadAsync(context);
        return CompletionParameters.Read(body.RootElement);
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
