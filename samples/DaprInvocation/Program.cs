using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Dapr.Client;

// Asks the model behind the app-id `gateway` and prints the answer as it is written. Where the gateway runs is Dapr's business.
string question = args.Length > 0 ? string.Join(' ', args) : "What is the capital of Japan?";
using DaprClient dapr = new DaprClientBuilder().Build();
using HttpClient gateway = dapr.CreateInvokableHttpClient("gateway");
using HttpRequestMessage request = new(HttpMethod.Post, "/v1/chat/completions")
{
    Content = JsonContent.Create(new
    {
        messages = new[] { new { role = "user", content = question } },
        temperature = 0,
        stream = true,
    }),
};

try
{
    using HttpResponseMessage answer = await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    if (!answer.IsSuccessStatusCode)
    {
        await Console.Error.WriteLineAsync($"The gateway answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return 1;
    }

    await foreach (SseItem<string> item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
    {
        if (item.Data != "[DONE]")
        {
            Console.Write(JsonNode.Parse(item.Data)?["choices"]?[0]?["delta"]?["content"]);
        }
    }

    Console.WriteLine();
    return 0;
}
catch (HttpRequestException failure)
{
    await Console.Error.WriteLineAsync(
        $"No answer: {failure.Message} Run this beside a sidecar, `dapr run --app-id client -- dotnet run`, or set DAPR_HTTP_PORT=3500, the gateway's.");
    return 1;
}
