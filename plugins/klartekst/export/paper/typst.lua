-- Words reach Typst as strings, never as markup: no character of a fact can mean anything there.
-- Styles become functions of page.typ.

local function quoted(text)
  return '#"' .. text:gsub('[\\"]', '\\%0') .. '";'
end

local function raw(text)
  return pandoc.RawInline('typst', text)
end

local function named(style)
  return '#kt-' .. style:lower() .. '['
end

-- A place that a link leads to.
local function anchor(id)
  return '#metadata(none)#label(' .. quoted(id):sub(2, -2) .. ');'
end

local function blocks(before, content, after)
  local all = pandoc.Blocks{pandoc.RawBlock('typst', before)}
  all:extend(content)
  all:insert(pandoc.RawBlock('typst', after))
  return all
end

local function facts(list)
  local all = pandoc.Blocks{pandoc.RawBlock('typst', '#kt-facts(')}
  for _, item in ipairs(list.content) do
    all:insert(pandoc.RawBlock('typst', '(['))
    all:insert(pandoc.Plain(item[1]))
    all:insert(pandoc.RawBlock('typst', '],['))
    for _, description in ipairs(item[2]) do
      all:extend(description)
    end
    all:insert(pandoc.RawBlock('typst', ']),'))
  end
  all:insert(pandoc.RawBlock('typst', ')'))
  return all
end

local LONG = 700 -- A cell of more characters may be taller than a page, and must be able to break.

-- A row stays on one page, and an empty cell has room for a hand.
local function held(table)
  local is_long = false
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      for _, cell in ipairs(row.cells) do
        is_long = is_long or #pandoc.utils.stringify(cell.contents) > LONG
        if #cell.contents == 0 then
          cell.contents = {pandoc.RawBlock('typst', '#kt-empty')}
        end
      end
    end
  end
  if is_long then
    return blocks('#[#set table.cell(breakable: true)', {table}, ']')
  end
  return table
end

-- A line of bold words stays with what it is about.
local function leading(paragraph)
  if #paragraph.content == 1 and paragraph.content[1].t == 'Strong' then
    return blocks('#block(sticky: true)[', {paragraph}, ']')
  end
end

return {
  { Table = held, Para = leading }, -- first of all, while words are still words
  {
    Str = function(word) return raw(quoted(word.text)) end,
    Code = function(code) return raw('#raw(' .. quoted(code.text):sub(2, -2) .. ');') end,
    CodeBlock = function(code)
      return pandoc.RawBlock('typst', '#raw(block: true, ' .. quoted(code.text):sub(2, -2) .. ')')
    end,
    Span = function(span)
      if span.identifier ~= '' then
        span.content:insert(1, raw(anchor(span.identifier)))
        span.identifier = ''
      end
      local style = span.attributes['custom-style']
      if style then
        return pandoc.Inlines{raw(named(style))} .. span.content .. pandoc.Inlines{raw('];')}
      end
      return span
    end,
    Div = function(div)
      if div.identifier ~= '' then
        div.content:insert(1, pandoc.RawBlock('typst', anchor(div.identifier)))
        div.identifier = ''
      end
      if div.classes:includes('kt-whole') then
        return blocks('#block(breakable: false)[', div.content, ']')
      end
      local style = div.attributes['custom-style']
      if style then
        return blocks(named(style), div.content, ']')
      end
      return div
    end,
    Header = function(header)
      local before = header.classes:includes('kt-annex') and '#pagebreak(weak: true)\n' or ''
      local label = header.identifier ~= '' and '#label(' .. quoted(header.identifier):sub(2, -2) .. ')' or ''
      local all = pandoc.Inlines{raw(before .. '#heading(level: ' .. header.level .. ')[')}
      all:extend(header.content)
      all:insert(raw(']' .. label))
      return pandoc.Para(all)
    end,
    DefinitionList = facts,
  },
}
