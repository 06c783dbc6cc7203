using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;

// Talks to the server by Microsoft.Extensions.AI: code that knows IChatClient only works with DaprMoE as it does with any other.
string address = Environment.GetEnvironmentVariable("DAPRMOE_URL") ?? "http://127.0.0.1:8080";
string question = args.Length > 0 ? string.Join(' ', args) : "What is the capital of Japan?";
OpenAIClient server = new(
    // The server asks for no key, the client library does.
    new ApiKeyCredential("none"),
    new OpenAIClientOptions { Endpoint = new Uri(new Uri(address), "/v1") });
using IChatClient chat = server.GetChatClient("tiny-moe").AsIChatClient();

try
{
    await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(question, new ChatOptions { Temperature = 0 }))
    {
        Console.Write(update.Text);
    }

    Console.WriteLine();
    return 0;
}
catch (Exception failure) when (failure is ClientResultException or AggregateException or HttpRequestException)
{
    await Console.Error.WriteLineAsync($"No answer from {address}: {failure.Message} `./daprmoe serve` starts a server; DAPRMOE_URL names another.");
    return 1;
}
