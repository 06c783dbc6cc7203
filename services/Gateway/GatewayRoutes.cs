namespace DaprMoE.Gateway;

/// <summary>Which address is answered by what.</summary>
internal static class GatewayRoutes
{
    public static void Map(WebApplication app)
    {
        IServiceProvider services = app.Services;
        app.MapPost("/v1/chat/completions", (RequestDelegate)services.GetRequiredService<ChatCompletionsEndpoint>().AnswerAsync);
        app.MapPost("/v1/completions", (RequestDelegate)services.GetRequiredService<CompletionsEndpoint>().AnswerAsync);

        ModelsEndpoint models = services.GetRequiredService<ModelsEndpoint>();
        app.MapGet("/v1/models", (RequestDelegate)models.ListAsync);
        app.MapGet("/v1/models/" + ModelsEndpoint.IdRoute, (RequestDelegate)models.GetAsync);

        TokenizeEndpoint tokenize = services.GetRequiredService<TokenizeEndpoint>();
        app.MapPost("/tokenize", (RequestDelegate)tokenize.TokenizeAsync);
        app.MapPost("/detokenize", (RequestDelegate)tokenize.DetokenizeAsync);

        PendingEndpoints.Map(app);
    }
}
