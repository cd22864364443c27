-- Lists of a frame stand in the frame, too; pandoc would give them the style of any other list. A summary holds terms,
-- which keep their own style, so it has no frame.

return {
  {
    Div = function(div)
      local style = div.attributes['custom-style']
      if style == 'Summary' then
        return div.content
      elseif style then
        div.content = div.content:walk{
          Plain = function(words)
            return pandoc.Div({pandoc.Para(words.content)}, pandoc.Attr('', {}, {['custom-style'] = style}))
          end,
        }
        return div
      end
    end,
  },
}
